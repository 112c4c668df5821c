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

package io.github.zmqspring.aot;

import io.github.zmqspring.annotation.ZmqClient;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRequest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that is processed ahead of time: it asks itself by a client interface,
 * with JSON, and ends.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
@ImportAutoConfiguration({ io.github.zmqspring.autoconfigure.ZmqAutoConfiguration.class,
		io.github.zmqspring.autoconfigure.ZmqClientAutoConfiguration.class,
		io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration.class,
		io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration.class })
public class AotApp {

	@ZmqListener("rpc")
	Answer answer(Question question) {
		return new Answer(question.text() + "!");
	}

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(AotApp.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(java.util.Map.of("zmq.sockets.rpc.type", "rep", "zmq.sockets.rpc.bind",
				"tcp://127.0.0.1:*", "zmq.sockets.ask.type", "req", "zmq.sockets.ask.connect", "socket:rpc",
				"zmq.template.request-timeout", "30s"));
		try (ConfigurableApplicationContext context = application.run(args)) {
			System.out.println("Answer: " + context.getBean(Client.class).ask(new Question("forty-two")).text());
		}
	}

	record Question(String text) {

	}

	record Answer(String text) {

	}

	@ZmqClient("ask")
	interface Client {

		@ZmqRequest
		Answer ask(Question question);

	}

}
