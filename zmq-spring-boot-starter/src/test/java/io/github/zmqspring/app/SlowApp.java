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

import java.util.concurrent.CountDownLatch;

import io.github.zmqspring.annotation.ZmqListener;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Handles a request until after the context began to close.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SlowApp implements ApplicationListener<ContextClosedEvent> {

	private final CountDownLatch closing = new CountDownLatch(1);

	public static void main(String[] args) {
		Apps.run(SlowApp.class, args);
	}

	@ZmqListener("slow")
	String slow(String request) throws InterruptedException {
		Apps.say("handling", request);
		this.closing.await();
		// the registry has told the lanes to stop by the time this ends
		Thread.sleep(300);
		return "done";
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.closing.countDown();
	}

}
