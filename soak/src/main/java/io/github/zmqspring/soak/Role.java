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

import java.util.ArrayList;
import java.util.List;

/**
 * What a process does.
 */
enum Role {

	/** Binds all that others connect to. Stopped at times, never killed. */
	HUB(64) {
		@Override
		void configure(List<String> args, List<String> endpoints, Settings settings, int door) {
			String any = "tcp://127.0.0.1:*";
			bind(args, "pipe", "pull", any);
			bind(args, "ipc", "pull", "ipc://" + settings.directory().resolve("soak.ipc"));
			bind(args, "news", "pub", any);
			bind(args, "request", "rep", any);
			bind(args, "calls", "pull", any);
			bind(args, "work", "push", any);
			// a stopped subscriber misses nothing for as long as it may be stopped
			args.add("--zmq.sockets.news.options.send-hwm=20000");
			args.add("--zmq.sockets.work.options.send-timeout=1s");
			args.add("--zmq.sockets.calls.options.receive-buffer-size=64KB");
			args.add("--zmq.proxies.queue.frontend.type=router");
			args.add("--zmq.proxies.queue.frontend.bind=" + any);
			args.add("--zmq.proxies.queue.backend.type=dealer");
			args.add("--zmq.proxies.queue.backend.bind=" + any);
		}
	},

	/** Connects to the hub. Stopped at times, never killed. */
	CLIENT(64) {
		@Override
		void configure(List<String> args, List<String> endpoints, Settings settings, int door) {
			connect(args, "pipe", "push", endpoint(endpoints, "pipe"));
			connect(args, "ipc", "push", endpoint(endpoints, "ipc"));
			connect(args, "news", "sub", endpoint(endpoints, "news"));
			connect(args, "request", "req", endpoint(endpoints, "request"));
			connect(args, "proxied", "req", endpoint(endpoints, "queue.frontend"));
			args.add("--zmq.sockets.news.options.receive-hwm=20000");
			args.add("--zmq.template.request-timeout=2s");
			args.add("--zmq.template.request-retries=4");
		}
	},

	/** Connects to the hub, serves requests and binds a port of its own. Killed. */
	MORTAL(48) {
		@Override
		void configure(List<String> args, List<String> endpoints, Settings settings, int door) {
			connect(args, "serve", "rep", endpoint(endpoints, "queue.backend"));
			connect(args, "calls", "push", endpoint(endpoints, "calls"));
			connect(args, "work", "pull", endpoint(endpoints, "work"));
			connect(args, "slow", "sub", endpoint(endpoints, "news"));
			bind(args, "door", "pull", "tcp://127.0.0.1:" + door);
			// little is lost with the process
			args.add("--zmq.defaults.send-hwm=" + Soak.MORTAL_HWM);
			args.add("--zmq.defaults.receive-hwm=" + Soak.MORTAL_HWM);
			args.add("--zmq.defaults.receive-buffer-size=64KB");
			args.add("--zmq.sockets.calls.options.send-buffer-size=64KB");
		}
	};

	private final int heap;

	Role(int heap) {
		this.heap = heap;
	}

	/** Return the heap in MB. */
	int heap() {
		return this.heap;
	}

	abstract void configure(List<String> args, List<String> endpoints, Settings settings, int door);

	/**
	 * Return the arguments of a process.
	 * @param endpoints lines of the hub, each a name and an endpoint
	 */
	List<String> arguments(List<String> endpoints, Settings settings, int door) {
		List<String> args = new ArrayList<>();
		args.add("--spring.main.banner-mode=off");
		args.add("--logging.level.root=warn");
		args.add("--spring.main.register-shutdown-hook=true");
		configure(args, endpoints, settings, door);
		return args;
	}

	private static void bind(List<String> args, String socket, String type, String endpoint) {
		args.add("--zmq.sockets." + socket + ".type=" + type);
		args.add("--zmq.sockets." + socket + ".bind=" + endpoint);
	}

	private static void connect(List<String> args, String socket, String type, String endpoint) {
		args.add("--zmq.sockets." + socket + ".type=" + type);
		args.add("--zmq.sockets." + socket + ".connect=" + endpoint);
	}

	static String endpoint(List<String> endpoints, String name) {
		for (String line : endpoints) {
			if (line.startsWith(name + " ")) {
				return line.substring(name.length() + 1);
			}
		}
		throw new IllegalStateException("The hub has no endpoint '" + name + "': " + endpoints);
	}

}
