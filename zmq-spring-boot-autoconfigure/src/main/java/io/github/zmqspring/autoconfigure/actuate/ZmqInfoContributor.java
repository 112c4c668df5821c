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

package io.github.zmqspring.autoconfigure.actuate;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Adds the versions in use and the number of sockets, listeners and proxies.
 */
final class ZmqInfoContributor implements InfoContributor {

	/** What JeroMQ 0.6.0 greets with; it understands 1.0 and 2.0 as well. */
	private static final String ZMTP = "3.0";

	private static final String LIBRARY = "/META-INF/zmq-spring-boot.properties";

	private static final String JEROMQ = "/META-INF/maven/org.zeromq/jeromq/pom.properties";

	private final SocketRegistry sockets;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	ZmqInfoContributor(SocketRegistry sockets, @Nullable ZmqListenerRegistry listeners, @Nullable ZmqProxies proxies) {
		this.sockets = sockets;
		this.listeners = listeners;
		this.proxies = proxies;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("version", version(LIBRARY));
		details.put("jeromq", version(JEROMQ));
		details.put("zmtp", ZMTP);
		details.put("sockets", this.sockets.names().size());
		details.put("listeners", (this.listeners != null) ? this.listeners.ids().size() : 0);
		details.put("proxies", (this.proxies != null) ? this.proxies.names().size() : 0);
		builder.withDetail("zmq", details);
	}

	private static String version(String resource) {
		try (InputStream stream = ZmqInfoContributor.class.getResourceAsStream(resource)) {
			Properties properties = new Properties();
			if (stream != null) {
				properties.load(stream);
			}
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
