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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Decides about the clients of one socket, in this order: denied addresses, allowed
 * addresses, the list of clients or users, the authenticators. Each must let the client
 * in. What may take its time runs on an executor; a client is told to come again when
 * that has no room (300), and refused when a decision fails or takes too long (500).
 *
 * @since 0.1.0
 */
public final class SocketAuthentication {

	private final AddressRanges allowed;

	private final AddressRanges denied;

	private final @Nullable Supplier<Map<String, String>> clients;

	private final @Nullable PasswordCheck users;

	private final List<ZmqAuthenticator> authenticators;

	private final Executor executor;

	private final Duration timeout;

	private final Set<Admission> admissions = ConcurrentHashMap.newKeySet();

	/**
	 * Create the authentication of a socket.
	 * @param allowed addresses that may connect; where there is none, all may
	 * @param denied addresses that may not connect
	 * @param clients user ids by public keys in Z85, asked for at each handshake;
	 * {@code null} lets any key in
	 * @param users checks user names and passwords; {@code null} where none are wanted
	 * @param authenticators asked last, all of them
	 * @param executor where passwords are checked and authenticators are called; rejects
	 * what it has no room for
	 * @param timeout how long a decision may take
	 */
	public SocketAuthentication(AddressRanges allowed, AddressRanges denied,
			@Nullable Supplier<Map<String, String>> clients, @Nullable PasswordCheck users,
			List<ZmqAuthenticator> authenticators, Executor executor, Duration timeout) {
		this.allowed = allowed;
		this.denied = denied;
		this.clients = clients;
		this.users = users;
		this.authenticators = List.copyOf(authenticators);
		this.executor = executor;
		this.timeout = timeout;
	}

	/**
	 * Return how long a decision may take.
	 * @return the time-out
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Decide about a client. Returns at once; never throws.
	 * @param request the client that wants to connect
	 * @param answer takes the decision, on this thread or another, once
	 */
	public void decide(ZmqAuthenticationRequest request, Consumer<ZmqAuthenticationDecision> answer) {
		if (this.denied.contains(request.address())) {
			answer.accept(ZmqAuthenticationDecision.deny("its address is denied"));
			return;
		}
		if (!this.allowed.isEmpty() && !this.allowed.contains(request.address())) {
			answer.accept(ZmqAuthenticationDecision.deny("its address is not allowed"));
			return;
		}
		String user = "";
		if (request.mechanism() == ZmqMechanism.CURVE && this.clients != null) {
			user = this.clients.get().get(request.publicKey());
			if (user == null) {
				answer.accept(ZmqAuthenticationDecision.deny("its key is not known"));
				return;
			}
		}
		boolean asksUsers = request.mechanism() == ZmqMechanism.PLAIN && this.users != null;
		if (!asksUsers && this.authenticators.isEmpty()) {
			answer.accept(ZmqAuthenticationDecision.allow(user));
			return;
		}
		decideLater(request, user, answer);
	}

	/**
	 * Remember a client that was let in, until its connection ends.
	 * @param request the client
	 * @param revoked called once, on any thread, when the lists let it in no more; it
	 * must neither wait nor throw
	 * @return to be called when the connection has ended
	 */
	public Runnable admit(ZmqAuthenticationRequest request, Runnable revoked) {
		Admission admission = new Admission(request.withoutPassword(), listed(request), revoked);
		this.admissions.add(admission);
		// the lists may have changed since they were asked
		recheck(admission);
		return () -> this.admissions.remove(admission);
	}

	/**
	 * Look at the lists again, and end the connections of all clients that they let in no
	 * more: of keys and users that were removed, and of keys that became another user's.
	 * Authenticators are not asked again. Called on any thread.
	 */
	public void recheck() {
		this.admissions.forEach(this::recheck);
	}

	private void recheck(Admission admission) {
		String now = listed(admission.request());
		if ((now == null || !now.equals(admission.listed())) && this.admissions.remove(admission)) {
			admission.revoked().run();
		}
	}

	/**
	 * Return the user that the lists know the client as, empty where they are not asked.
	 */
	private @Nullable String listed(ZmqAuthenticationRequest request) {
		if (request.mechanism() == ZmqMechanism.CURVE && this.clients != null) {
			return this.clients.get().get(request.publicKey());
		}
		if (request.mechanism() == ZmqMechanism.PLAIN && this.users != null) {
			return (this.users.knows(String.valueOf(request.username()))) ? request.username() : null;
		}
		return "";
	}

	private void decideLater(ZmqAuthenticationRequest request, String user,
			Consumer<ZmqAuthenticationDecision> answer) {
		CompletableFuture<ZmqAuthenticationDecision> decision;
		try {
			decision = CompletableFuture.supplyAsync(() -> ask(request, user), this.executor)
				.thenCompose((stage) -> stage);
		}
		catch (RejectedExecutionException ex) {
			answer.accept(ZmqAuthenticationDecision.retryLater("too many clients connect at once"));
			return;
		}
		decision.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((made, failure) -> answer.accept((failure != null) ? failed(failure)
					: (made != null) ? made : ZmqAuthenticationDecision.failed("the authenticator answered null")));
	}

	private ZmqAuthenticationDecision failed(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		// the message of an exception may quote a password
		return ZmqAuthenticationDecision.failed(
				(cause instanceof TimeoutException) ? "the decision took longer than " + this.timeout.toMillis() + " ms"
						: "the decision failed with " + cause.getClass().getName());
	}

	private CompletionStage<ZmqAuthenticationDecision> ask(ZmqAuthenticationRequest request, String user) {
		String known = user;
		if (request.mechanism() == ZmqMechanism.PLAIN && this.users != null) {
			String username = String.valueOf(request.username());
			if (!this.users.matches(username, String.valueOf(request.password()))) {
				return CompletableFuture
					.completedFuture(ZmqAuthenticationDecision.deny("its user name or password is wrong"));
			}
			known = username;
		}
		CompletionStage<ZmqAuthenticationDecision> decision = CompletableFuture
			.completedFuture(ZmqAuthenticationDecision.allow(known));
		for (ZmqAuthenticator authenticator : this.authenticators) {
			decision = decision.thenCompose((before) -> next(authenticator, request, before));
		}
		return decision;
	}

	private static CompletionStage<ZmqAuthenticationDecision> next(ZmqAuthenticator authenticator,
			ZmqAuthenticationRequest request, ZmqAuthenticationDecision before) {
		if (!before.isAllowed()) {
			return CompletableFuture.completedFuture(before);
		}
		return authenticator.authenticate((before.userId().isEmpty()) ? request : request.withUserId(before.userId()))
			.thenApply((made) -> (made != null && made.isAllowed() && made.userId().isEmpty())
					? ZmqAuthenticationDecision.allow(before.userId()) : made);
	}

	/**
	 * A client that was let in.
	 *
	 * @param request the client
	 * @param listed the user that the lists knew it as
	 * @param revoked ends its connection
	 */
	private record Admission(ZmqAuthenticationRequest request, @Nullable String listed, Runnable revoked) {

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this);
		}

	}

}
