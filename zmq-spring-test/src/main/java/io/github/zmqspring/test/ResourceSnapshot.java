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

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of ZeroMQ is there in this JVM at one time.
 *
 * @param threads the threads of JeroMQ, of this library and of child processes
 * @param ports the listening TCP ports
 * @param descriptors the descriptors of the kinds that sockets use
 */
record ResourceSnapshot(Set<Thread> threads, Set<ProcFs.ListeningPort> ports, Set<ProcFs.Descriptor> descriptors) {

	static final ResourceSnapshot EMPTY = new ResourceSnapshot(Set.of(), Set.of(), Set.of());

	private static final String[] THREAD_NAMES = { "iothread", "reaper", "zmq-", "peer-" };

	static ResourceSnapshot take() {
		return take(ProcFs.self());
	}

	static ResourceSnapshot take(ProcFs proc) {
		Set<Thread> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(ResourceSnapshot::isOurs)
			.collect(Collectors.toSet());
		return new ResourceSnapshot(threads, proc.listeningPorts(), proc.descriptors());
	}

	private static boolean isOurs(Thread thread) {
		return Stream.of(THREAD_NAMES).anyMatch(thread.getName()::startsWith);
	}

	/**
	 * Returns what is here and not there. Descriptors are compared by the number of each
	 * kind, since the kernel names event descriptors all the same and uses the numbers
	 * again.
	 * @param baseline what was there before
	 * @return what came since
	 */
	ResourceSnapshot minus(ResourceSnapshot baseline) {
		Set<ProcFs.Descriptor> more = new LinkedHashSet<>();
		for (ProcFs.Kind kind : ProcFs.Kind.values()) {
			Predicate<ProcFs.Descriptor> same = (descriptor) -> descriptor.kind() == kind;
			if (count(this, same) > count(baseline, same)) {
				this.descriptors.stream()
					.filter(same.and(Predicate.not(baseline.descriptors::contains)))
					.forEach(more::add);
			}
		}
		return new ResourceSnapshot(without(this.threads, baseline.threads), without(this.ports, baseline.ports), more);
	}

	/**
	 * Leave out descriptors, and the threads of sockets and listeners.
	 * @return what is left: JeroMQ's own threads, pollers, peers of tests, and ports
	 */
	ResourceSnapshot withoutSockets() {
		Set<Thread> others = this.threads.stream()
			.filter((thread) -> !thread.getName().startsWith("zmq-") || thread.getName().startsWith("zmq-poller-")
					|| thread.getName().startsWith("zmq-test-"))
			.collect(Collectors.toSet());
		return new ResourceSnapshot(others, this.ports, Set.of());
	}

	private static long count(ResourceSnapshot snapshot, Predicate<ProcFs.Descriptor> filter) {
		return snapshot.descriptors.stream().filter(filter).count();
	}

	ResourceSnapshot plus(ResourceSnapshot other) {
		return new ResourceSnapshot(union(this.threads, other.threads), union(this.ports, other.ports),
				union(this.descriptors, other.descriptors));
	}

	private static <T> Set<T> without(Set<T> from, Set<T> excluded) {
		Set<T> result = new HashSet<>(from);
		result.removeAll(excluded);
		return result;
	}

	private static <T> Set<T> union(Set<T> one, Set<T> other) {
		Set<T> result = new HashSet<>(one);
		result.addAll(other);
		return result;
	}

	boolean isEmpty() {
		return this.threads.isEmpty() && this.ports.isEmpty() && this.descriptors.isEmpty();
	}

	/**
	 * Returns one line for each thing, and the stack of each thread.
	 * @return the text, which starts with a line break
	 */
	String describe() {
		StringBuilder text = new StringBuilder();
		for (Thread thread : this.threads) {
			text.append("\n- thread ").append(thread.getName()).append(" (").append(thread.getState()).append(')');
			for (StackTraceElement element : thread.getStackTrace()) {
				text.append("\n    at ").append(element);
			}
		}
		this.ports.forEach((port) -> text.append("\n- listening port ").append(port));
		this.descriptors.forEach((descriptor) -> text.append("\n- descriptor ").append(descriptor));
		return text.toString();
	}

}
