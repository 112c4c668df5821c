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

package io.github.zmqspring.app;

import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * Nothing but proxies; prints at its end how much they forwarded.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ProxyApp implements DisposableBean {

	private final ZmqProxies proxies;

	ProxyApp(ZmqProxies proxies) {
		this.proxies = proxies;
	}

	public static void main(String[] args) {
		Apps.run(ProxyApp.class, args);
		Apps.say("main ends");
	}

	@Override
	public void destroy() {
		for (String name : this.proxies.names()) {
			ZmqProxyStatus.Traffic traffic = this.proxies.status(name).toBackend();
			Apps.say("traffic", name, traffic.received(), traffic.forwarded());
		}
	}

}
