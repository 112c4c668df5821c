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

package io.github.zmqspring.docs;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;

/**
 * The names that fragments of Java in the docs use without declaring them: a reader knows
 * what they stand for.
 */
public abstract class Reader {

	static final String PACKAGE = Reader.class.getPackageName();

	/** Beans. */
	protected ZmqTemplate template;

	protected ZmqSockets sockets;

	protected ZmqListenerRegistry registry;

	protected ZmqListenerRegistry listeners;

	protected ZmqProxies proxies;

	/** A bean of the application and one of its methods. */
	protected Object bean;

	protected Method method;

	protected Order order = new Order("nut", 3);

	protected byte[] bytes = {};

	protected byte[] routingId = {};

	protected Prompt prompt = new Prompt("text");

	protected final void show(Token token) {
	}

	protected final String perform(String task) {
		return task;
	}

	public record Order(String item, int amount) {
	}

	public record Quote(String symbol, double price) {
	}

	public record QuoteRequest(String symbol) {
	}

	public record Task(String name) {
	}

	public record Result(String name) {
	}

	public record Booking(String account, double amount) {
	}

	public record OrderPlaced(String item) {
	}

	public record OrderCancelled(String item) {
	}

	public record Prompt(String text) {
	}

	public record Token(String text) {
	}

	public record Tick(String symbol, double price) {
	}

	public record Json(Map<String, List<String>> values) {
	}

}
