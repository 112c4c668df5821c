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

package io.github.zmqspring.benchmarks;

import java.time.Duration;

import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.zeromq.inbound.ZeroMqMessageProducer;
import org.springframework.integration.zeromq.outbound.ZeroMqMessageHandler;
import org.springframework.messaging.support.GenericMessage;

/**
 * Spring Integration's adapters for ZeroMQ on both ends, with their defaults: a channel
 * adapter that receives, and a message handler that is waited for with each message.
 */
final class IntegrationSide implements Side<Throughput> {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Settings settings;

	private final Counter counter = new Counter();

	private final ZContext zeroMq = new ZContext(1);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final ZeroMqMessageHandler handler;

	IntegrationSide(Settings settings) throws InterruptedException {
		this.settings = settings;
		DirectChannel received = new DirectChannel();
		received.subscribe((message) -> this.counter.increment());
		this.context.register(Application.class);
		this.context.registerBean("received", DirectChannel.class, () -> received);
		this.context.registerBean(ZeroMqMessageProducer.class, () -> {
			ZeroMqMessageProducer producer = new ZeroMqMessageProducer(this.zeroMq, SocketType.PULL);
			producer.setOutputChannel(received);
			return producer;
		});
		this.context.refresh();
		this.handler = new ZeroMqMessageHandler(this.zeroMq,
				"tcp://127.0.0.1:" + boundPort(this.context.getBean(ZeroMqMessageProducer.class)), SocketType.PUSH);
		this.handler.setBeanFactory(this.context.getBeanFactory());
		this.handler.afterPropertiesSet();
		this.handler.start();
	}

	/** Its thread binds it a while after its start. */
	private static int boundPort(ZeroMqMessageProducer producer) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (producer.getBoundPort() == 0) {
			if (System.nanoTime() - deadline > 0) {
				throw new IllegalStateException("Spring Integration's socket is not bound after " + PATIENCE);
			}
			Thread.sleep(10);
		}
		return producer.getBoundPort();
	}

	@Override
	public Throughput measure() throws Exception {
		try (Loops loops = new Loops()) {
			loops.run(() -> {
				byte[] message = new byte[this.settings.size()];
				while (loops.isRunning()) {
					this.handler.handleMessage(new GenericMessage<>(message)).block(PATIENCE);
				}
			});
			return Throughput.of(this.settings, this.counter);
		}
	}

	@Override
	public void close() {
		this.handler.stop();
		this.handler.destroy();
		this.context.close();
		this.zeroMq.close();
	}

	/**
	 * What Spring Integration needs.
	 */
	@EnableIntegration
	static class Application {

	}

}
