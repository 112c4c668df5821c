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

package io.github.zmqspring.listener.invoke;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Results that come later: {@link CompletionStage}, and where Reactor is there
 * {@code Mono}, {@code Flux} and all that Spring's {@link ReactiveAdapterRegistry} knows.
 */
final class AsyncResults {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			AsyncResults.class.getClassLoader());

	private AsyncResults() {
	}

	/**
	 * Look whether a result comes later.
	 * @param result what the method returned
	 * @param elements takes each element of a stream, before the stage completes with
	 * {@code null}; {@code false} ends the stream
	 * @param begun receives each stream that begins, with what cancels it
	 * @return completes with the result; {@code null} if it is there already
	 */
	static @Nullable CompletionStage<?> asStage(@Nullable Object result, Predicate<Object> elements,
			Consumer<Runnable> begun) {
		if (result instanceof CompletionStage<?> stage) {
			return stage;
		}
		return (REACTOR && result != null) ? Reactor.asStage(result, elements, begun) : null;
	}

	/** Loaded only where Reactor is there. */
	private static final class Reactor {

		private static final int PREFETCH = 32;

		/** Asked for each result: Kotlin's flows, RxJava's types and others. */
		private static final ClassValue<Optional<ReactiveAdapter>> ADAPTERS = new ClassValue<>() {

			@Override
			protected Optional<ReactiveAdapter> computeValue(Class<?> type) {
				return Optional.ofNullable(ReactiveAdapterRegistry.getSharedInstance().getAdapter(type));
			}

		};

		static @Nullable CompletionStage<?> asStage(Object result, Predicate<Object> elements,
				Consumer<Runnable> begun) {
			if (result instanceof Mono<?> mono) {
				// what the thread is doing, such as an observation, goes with it
				return mono.contextCapture().toFuture();
			}
			if (result instanceof Publisher<?> publisher) {
				return stream(publisher, elements, begun);
			}
			ReactiveAdapter adapter = ADAPTERS.get(result.getClass()).orElse(null);
			if (adapter == null) {
				return null;
			}
			return (adapter.isMultiValue()) ? stream(adapter.toPublisher(result), elements, begun)
					: Mono.from(adapter.toPublisher(result)).toFuture();
		}

		private static CompletionStage<?> stream(Publisher<?> publisher, Predicate<Object> elements,
				Consumer<Runnable> begun) {
			CompletableFuture<@Nullable Object> end = new CompletableFuture<>();
			Disposable.Swap subscription = Disposables.swap();
			begun.accept(() -> {
				subscription.dispose();
				end.complete(null);
			});
			subscription.update(Flux.from(publisher)
				.contextCapture()
				.limitRate(PREFETCH)
				.takeWhile(elements)
				.subscribe((element) -> {
				}, end::completeExceptionally, () -> end.complete(null)));
			return end;
		}

	}

}
