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

import java.time.Duration;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Ends the JVM from one of the places where code of an application runs.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ExitApp {

	private final ConfigurableApplicationContext context;

	private final ZmqTemplate template;

	@Value("${exit.where}")
	private String where;

	@Value("${exit.closes}")
	private boolean closes;

	ExitApp(ConfigurableApplicationContext context, ZmqTemplate template) {
		this.context = context;
		this.template = template;
	}

	public static void main(String[] args) {
		Apps.run(ExitApp.class, args).getBean(ExitApp.class).provoke();
	}

	void provoke() {
		switch (this.where) {
			case "callback" -> this.template.requestAsync("ask", "hello", String.class)
				.whenComplete((reply, failure) -> exit("callback"));
			case "failed" -> this.template.requestAsync("ask", "hello", String.class, Duration.ofMillis(100))
				.whenComplete((reply, failure) -> exit("failed"));
			case "reply", "replier" -> this.template.requestAsync("ask", "hello", String.class);
			case "proxy" -> this.template.convertAndSend("to-proxy", "hello");
			default -> this.template.convertAndSend("to-" + this.where, "hello");
		}
	}

	private String exit(String here) {
		if (here.equals(this.where)) {
			Apps.say("exits");
			System.exit((this.closes) ? SpringApplication.exit(this.context, () -> 9) : 7);
		}
		return "done";
	}

	@ZmqListener("lane")
	void lane(String text) {
		exit("lane");
	}

	@ZmqListener(socket = "inline", executor = "inline")
	void inline(String text) {
		exit("inline");
	}

	@ZmqListener("error")
	void error(String text) {
		throw new IllegalStateException("for the error handler");
	}

	@ZmqListener("answer")
	void answer(String text, ZmqReplier replier) {
		exit("reply");
		if (!this.where.equals("failed")) {
			replier.reply("hello");
			exit("replier");
		}
	}

	@Bean
	ZmqListenerErrorHandler errorHandler() {
		return (message, failure) -> exit("error");
	}

	@Bean
	ZmqProxyInterceptor interceptor() {
		return (exchange) -> {
			exit("proxy");
			return exchange.forward();
		};
	}

}
