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

package io.github.zmqspring.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.zmqspring.core.ZmqSockets;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * One process. It prints where it bound and {@code ready}, and then answers lines:
 * {@code go}, {@code sample}, {@code slow <milliseconds>}, {@code quiet}, {@code end}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SoakApp {

	public static void main(String[] args) throws Exception {
		Role role = Role.valueOf(args[0]);
		Tally tally = Tally.open(Path.of(args[1]));
		int rate = Integer.parseInt(args[2]);
		Side side = switch (role) {
			case HUB -> new HubSide(tally, rate);
			case CLIENT -> new ClientSide(tally, rate);
			case MORTAL -> new MortalSide(tally, rate);
		};
		ConfigurableApplicationContext context = new SpringApplicationBuilder(SoakApp.class)
			.web(WebApplicationType.NONE)
			.initializers((created) -> register((GenericApplicationContext) created, side))
			.run(Arrays.copyOfRange(args, 3, args.length));
		ZmqSockets sockets = context.getBean(ZmqSockets.class);
		for (String name : sockets.names()) {
			for (String endpoint : sockets.status(name).bound()) {
				say("bound " + name + " " + endpoint);
			}
		}
		side.start(context);
		say("ready");
		listen(context, side);
	}

	@SuppressWarnings("unchecked")
	private static <T> void register(GenericApplicationContext context, T bean) {
		context.registerBean((Class<T>) bean.getClass(), () -> bean);
	}

	private static void listen(ConfigurableApplicationContext context, Side side)
			throws IOException, InterruptedException {
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			List<String> words = List.of(line.split(" "));
			switch (words.get(0)) {
				case "go" -> side.go();
				case "sample" -> say("sample " + Sample.take(side.millis(), side.wakeUpMillis()).toLine());
				case "slow" -> side.slow(Integer.parseInt(words.get(1)));
				case "quiet" -> {
					side.quiet();
					say("quiet");
				}
				case "account" -> {
					side.account();
					say("accounted");
				}
				case "end" -> System.exit(SpringApplication.exit(context));
				default -> throw new IllegalArgumentException(line);
			}
		}
	}

	private static synchronized void say(String line) {
		System.out.println(line);
	}

}
