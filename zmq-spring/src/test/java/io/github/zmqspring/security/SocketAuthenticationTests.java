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

package io.github.zmqspring.security;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decisions that cannot be made: there is no room for them, or they fail.
 */
class SocketAuthenticationTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final ZmqAuthenticationRequest ALICE = ZmqAuthenticationRequest.ofPlain("in", "", "127.0.0.1",
			"alice", "secret");

	@Test
	void clientsAreToldToComeAgainWhileThereIsNoRoomAndThenDecidedAbout() {
		Queue<Runnable> waiting = new ArrayDeque<>();
		Executor two = (task) -> {
			if (waiting.size() == 2) {
				throw new RejectedExecutionException("full");
			}
			waiting.add(task);
		};
		SocketAuthentication lists = lists(two, LONG, (request) -> allow("alice"));
		CompletableFuture<ZmqAuthenticationDecision> first = decide(lists);
		CompletableFuture<ZmqAuthenticationDecision> second = decide(lists);
		assertThat(decide(lists).join()).satisfies((made) -> {
			assertThat(made.status()).isEqualTo(300);
			assertThat(made.isAllowed()).isFalse();
			assertThat(made.reason()).isEqualTo("too many clients connect at once");
		});
		assertThat(first).isNotDone();
		waiting.remove().run();
		waiting.remove().run();
		assertThat(first.join().isAllowed()).isTrue();
		assertThat(second.join().isAllowed()).isTrue();
		CompletableFuture<ZmqAuthenticationDecision> later = decide(lists);
		waiting.remove().run();
		assertThat(later.join()).isEqualTo(ZmqAuthenticationDecision.allow("alice"));
	}

	@Test
	void authenticatorThatThrowsFailsOrAnswersNothingRefusesWithoutBeingQuoted() {
		assertFailed((request) -> {
			throw new IllegalStateException("secret");
		}, "java.lang.IllegalStateException");
		assertFailed((request) -> {
			throw new StackOverflowError("secret");
		}, "java.lang.StackOverflowError");
		assertFailed((request) -> CompletableFuture.failedFuture(new IllegalArgumentException("secret")),
				"java.lang.IllegalArgumentException");
		assertFailed((request) -> CompletableFuture.completedFuture(null), "answered null");
		assertFailed((request) -> null, "NullPointerException");
	}

	@Test
	void listOfUsersThatThrowsRefuses() {
		PasswordCheck users = (name, password) -> {
			throw new IllegalStateException("secret");
		};
		ZmqAuthenticationDecision made = decide(lists(Runnable::run, LONG, users, List.of())).join();
		assertThat(made.status()).isEqualTo(500);
		assertThat(made.reason()).contains("IllegalStateException").doesNotContain("secret");
	}

	@Test
	void decisionThatTakesTooLongRefuses() {
		SocketAuthentication lists = lists(Runnable::run, Duration.ofMillis(50),
				(request) -> new CompletableFuture<>());
		assertThat(decide(lists).join()).satisfies((made) -> {
			assertThat(made.status()).isEqualTo(500);
			assertThat(made.reason()).contains("longer than 50 ms");
		});
	}

	@Test
	void failureOfOneAuthenticatorIsNotMadeGoodByTheNext() {
		SocketAuthentication lists = lists(Runnable::run, LONG, null, List.of((request) -> {
			throw new IllegalStateException();
		}, (request) -> allow("alice")));
		assertThat(decide(lists).join().status()).isEqualTo(500);
	}

	@Test
	void denialOfOneAuthenticatorIsNotMadeGoodByTheNext() {
		SocketAuthentication lists = lists(Runnable::run, LONG, null,
				List.of((request) -> CompletableFuture.completedFuture(ZmqAuthenticationDecision.deny("not today")),
						(request) -> allow("alice")));
		assertThat(decide(lists).join()).isEqualTo(ZmqAuthenticationDecision.deny("not today"));
	}

	@Test
	void userOfOneAuthenticatorIsThatOfTheNextUnlessItNamesAnother() {
		List<String> seen = new ArrayList<>();
		ZmqAuthenticator first = (request) -> allow("alice");
		ZmqAuthenticator silent = (request) -> {
			seen.add(request.userId());
			return allow("");
		};
		assertThat(decide(lists(Runnable::run, LONG, null, List.of(first, silent))).join())
			.isEqualTo(ZmqAuthenticationDecision.allow("alice"));
		assertThat(decide(lists(Runnable::run, LONG, null, List.of(first, (request) -> allow("bob")))).join())
			.isEqualTo(ZmqAuthenticationDecision.allow("bob"));
		assertThat(seen).containsExactly("alice");
	}

	@Test
	void peersWhoseUserIsGoneAreSentAwayAndThoseThatHaveLeftAreNot() {
		List<String> known = new ArrayList<>(List.of("alice"));
		PasswordCheck users = new PasswordCheck() {

			@Override
			public boolean matches(String username, String password) {
				return true;
			}

			@Override
			public boolean knows(String username) {
				return known.contains(username);
			}

		};
		SocketAuthentication lists = lists(Runnable::run, LONG, users, List.of());
		List<String> revoked = new ArrayList<>();
		lists.admit(ALICE, () -> revoked.add("stays"));
		lists.admit(ALICE, () -> revoked.add("left")).run();
		lists.recheck();
		assertThat(revoked).isEmpty();
		known.clear();
		lists.recheck();
		lists.recheck();
		assertThat(revoked).containsExactly("stays");
		lists.admit(ALICE, () -> revoked.add("too late"));
		assertThat(revoked).containsExactly("stays", "too late");
	}

	@Test
	void deniedAddressesAreAskedBeforeAllowedOnesAndBothBeforeAuthenticators() {
		AddressRanges home = AddressRanges.of(List.of("127.0.0.0/8"));
		AddressRanges away = AddressRanges.of(List.of("10.0.0.0/8"));
		AddressRanges none = AddressRanges.of(List.of());
		assertThat(decide(ranges(home, home)).join().reason()).isEqualTo("its address is denied");
		assertThat(decide(ranges(away, none)).join().reason()).isEqualTo("its address is not allowed");
		assertThat(decide(ranges(home, away)).join().isAllowed()).isTrue();
		assertThat(decide(ranges(none, none)).join().isAllowed()).isTrue();
	}

	private static SocketAuthentication ranges(AddressRanges allowed, AddressRanges denied) {
		return new SocketAuthentication(allowed, denied, null, null, List.of((request) -> allow("alice")),
				Runnable::run, LONG);
	}

	private static void assertFailed(ZmqAuthenticator authenticator, String reason) {
		assertThat(decide(lists(Runnable::run, LONG, authenticator)).join()).satisfies((made) -> {
			assertThat(made.status()).isEqualTo(500);
			assertThat(made.reason()).contains(reason).doesNotContain("secret");
		});
	}

	private static CompletionStage<ZmqAuthenticationDecision> allow(String user) {
		return CompletableFuture.completedFuture(ZmqAuthenticationDecision.allow(user));
	}

	private static CompletableFuture<ZmqAuthenticationDecision> decide(SocketAuthentication lists) {
		CompletableFuture<ZmqAuthenticationDecision> made = new CompletableFuture<>();
		lists.decide(ALICE, made::complete);
		return made.orTimeout(20, TimeUnit.SECONDS);
	}

	private static SocketAuthentication lists(Executor executor, Duration timeout, ZmqAuthenticator authenticator) {
		return lists(executor, timeout, null, List.of(authenticator));
	}

	private static SocketAuthentication lists(Executor executor, Duration timeout, @Nullable PasswordCheck users,
			List<ZmqAuthenticator> authenticators) {
		return new SocketAuthentication(AddressRanges.of(List.of()), AddressRanges.of(List.of()), Map::of, users,
				authenticators, executor, timeout);
	}

}
