/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zmqspring.transport.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zmqspring.core.ZmqConfigurationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What JeroMQ makes of ipc endpoints: TCP on a loopback port that is hashed from the
 * path, so that two paths may be one port.
 *
 * @since 0.1.0
 */
public final class IpcPorts {

	private static final Log logger = LogFactory.getLog(IpcPorts.class);

	private static final int FIRST = 10_000;

	private static final int PORTS = 55_536;

	private final Map<Integer, String> paths = new ConcurrentHashMap<>();

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Checks an endpoint against those seen before.
	 * @param subject the property or call it belongs to
	 * @param endpoint any endpoint
	 * @throws ZmqConfigurationException if another path has the same port
	 */
	public void check(String subject, EndpointAddress endpoint) {
		if (!endpoint.isIpc()) {
			return;
		}
		String path = endpoint.host();
		String other = this.paths.putIfAbsent(port(path), path);
		if (other != null && !other.equals(path)) {
			throw new ZmqConfigurationException(subject,
					"'%s' and 'ipc://%s' are both tcp port %d to JeroMQ".formatted(endpoint.text(), other, port(path)),
					"Choose another path, or tcp://127.0.0.1 with ports of your own");
		}
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("ipc endpoints (" + endpoint.text() + ") are emulated by JeroMQ: TCP on 127.0.0.1:" + port(path)
					+ ", without file permissions, and only between JVMs: libzmq cannot connect to them");
		}
	}

	static int port(String path) {
		return Math.floorMod(Math.abs(path.hashCode()), PORTS) + FIRST;
	}

}
