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

package io.github.zmqspring.test;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceSnapshot} and {@link ProcFs}.
 */
class ResourceSnapshotTests {

	@Test
	@EnabledOnOs(OS.LINUX)
	void countsDescriptorsByKind() throws IOException {
		ResourceSnapshot before = ResourceSnapshot.take();
		try (Selector selector = Selector.open()) {
			assertThat(selector.isOpen()).isTrue();
			ResourceSnapshot leaked = ResourceSnapshot.take().minus(before);
			assertThat(leaked.descriptors()).extracting(ProcFs.Descriptor::kind)
				.containsExactlyInAnyOrder(ProcFs.Kind.EVENTPOLL, ProcFs.Kind.EVENTFD);
			assertThat(ResourceSnapshot.take().minus(before.plus(leaked)).isEmpty()).isTrue();
		}
		assertThat(ResourceSnapshot.take().minus(before).isEmpty()).isTrue();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void unixSocketsDoNotCount() throws IOException {
		Set<ProcFs.Descriptor> before = ProcFs.self().descriptors();
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			assertThat(channel.isOpen()).isTrue();
			assertThat(ProcFs.self().descriptors()).hasSameSizeAs(before);
		}
	}

	@Test
	void hasThreadsOnlyWithoutProc(@TempDir Path empty) throws Exception {
		Thread thread = new Thread(() -> {
			synchronized (empty) {
				empty.notifyAll();
			}
		}, "zmq-something");
		ResourceSnapshot snapshot;
		synchronized (empty) {
			thread.start();
			snapshot = ResourceSnapshot.take(new ProcFs(empty));
		}
		thread.join();
		assertThat(snapshot.threads()).contains(thread);
		assertThat(snapshot.ports()).isEmpty();
		assertThat(snapshot.descriptors()).isEmpty();
	}

}
