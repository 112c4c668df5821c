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

package io.github.zmqspring.autoconfigure.security;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import io.github.zmqspring.security.ZmqAuthenticationDecision;
import io.github.zmqspring.security.ZmqAuthenticationRequest;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.messaging.context.AuthenticationPrincipalArgumentResolver;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security answers the mechanism PLAIN, and knows who sent a message.
 */
@NoLeaks
@Timeout(120)
class SpringSecurityTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqSpringSecurityAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://127.0.0.1:*",
				"zmq.sockets.in.security.mechanism=plain");

	private final ApplicationContextRunner runner = this.bare.withUserConfiguration(Listeners.class);

	private static String[] sender(String name, String user, String password) {
		String socket = "zmq.sockets." + name + ".";
		return new String[] { socket + "type=push", socket + "connect=socket:in", socket + "security.mechanism=plain",
				socket + "security.username=" + user, socket + "security.password=" + password };
	}

	@Test
	void usersOfTheApplicationAreLetInAndListenersRunAsThem() {
		this.runner.withUserConfiguration(Users.class)
			.withPropertyValues(sender("alices", "alice", "open"))
			.withPropertyValues(sender("bobs", "bob", "sesame"))
			.withPropertyValues(sender("eves", "bob", "wrong"))
			.run((context) -> {
				assertHeard(context, "alices", "alice [ROLE_ADMIN] may, after null");
				assertHeard(context, "bobs", "bob [ROLE_STAFF] may not, after null");
				Awaitility.await()
					.until(() -> String.valueOf(context.getBean(ZmqSockets.class).status("in").lastError())
						.contains("its user name or password is wrong"));
			});
	}

	@Test
	void anAuthenticationManagerIsAskedRatherThanTheUsers() {
		this.runner.withUserConfiguration(Users.class)
			.withBean(AuthenticationManager.class,
					() -> (asked) -> UsernamePasswordAuthenticationToken.authenticated(asked.getName() + "2", null,
							AuthorityUtils.createAuthorityList("ROLE_ADMIN")))
			.withPropertyValues(sender("any", "any", "any"))
			.run((context) -> assertHeard(context, "any", "any2 [ROLE_ADMIN] may, after null"));
	}

	@Test
	void usersOfAListAreDecidedByTheListAndHaveNoAuthorities() {
		this.runner.withUserConfiguration(Users.class)
			.withPropertyValues("zmq.security.users.staff.alice=listed", "zmq.sockets.in.security.users=staff")
			.withPropertyValues(sender("alices", "alice", "listed"))
			.run((context) -> assertHeard(context, "alices", "alice [] may not, after null"));
	}

	@Test
	void withoutUsersOfTheApplicationAServerOfPlainStillStopsTheStart() {
		this.runner.run((context) -> assertThat(context.getStartupFailure()).rootCause()
			.hasMessageContaining("it says neither who may connect nor who it is"));
		this.runner.withUserConfiguration(Users.class)
			.withClassLoader(new FilteredClassLoader(AuthenticationManager.class))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("it says neither who may connect nor who it is"));
	}

	@Test
	void aServerOfCurveIsNotOpenedByUsersOfTheApplication() {
		this.runner.withUserConfiguration(Users.class)
			.withPropertyValues("zmq.sockets.in.security.mechanism=curve", "zmq.sockets.in.security.key=server",
					"zmq.security.keys.server.secret-key=" + ZmqKeys.generate().secretKey())
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("it says neither which clients may connect"));
	}

	@Test
	void whatSpringSecurityThrowsRefusesWithoutQuotingIt() {
		assertThat(decide((asked) -> {
			throw new LockedException("secret");
		})).satisfies((made) -> {
			assertThat(made.status()).isEqualTo(400);
			assertThat(made.reason()).contains("LockedException").doesNotContain("secret");
		});
		assertThat(decide((asked) -> {
			throw new InternalAuthenticationServiceException("secret");
		})).satisfies((made) -> {
			assertThat(made.status()).isEqualTo(500);
			assertThat(made.reason()).contains("InternalAuthenticationServiceException").doesNotContain("secret");
		});
		assertThat(decide((asked) -> asked).status()).isEqualTo(400);
	}

	private static ZmqAuthenticationDecision decide(AuthenticationManager manager) {
		return new SpringSecurityAuthenticator(manager, new AuthenticatedUsers())
			.authenticate(ZmqAuthenticationRequest.ofPlain("in", "", "127.0.0.1", "alice", "secret"))
			.toCompletableFuture()
			.join();
	}

	@Test
	void severalUsersOfABatchAreNoneAndWhatWasThereComesBack() throws Throwable {
		Authentication outer = UsernamePasswordAuthenticationToken.authenticated("outer", null, List.of());
		SecurityContextHolder.getContext().setAuthentication(outer);
		try {
			assertThat(userDuring("alice", "alice")).isEqualTo("alice");
			assertThat(userDuring("alice", "bob")).isNull();
			assertThat(userDuring("alice", null)).isNull();
			assertThat(userDuring(null, "alice")).isNull();
			assertThat(userDuring()).isNull();
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isSameAs(outer);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private static @Nullable String userDuring(@Nullable String... users) throws Throwable {
		List<ZmqMessage> messages = Arrays.stream(users)
			.map((user) -> ZmqMessage.ofRaw(new byte[1][0], 0,
					(user != null) ? Map.of("User-Id", user).entrySet() : null))
			.toList();
		return (String) new SecurityContextInterceptor(new AuthenticatedUsers()).intercept(new Invocation(messages));
	}

	@Test
	void authoritiesAreThoseOfTheSocketAndTheirNumberIsBounded() {
		AuthenticatedUsers users = new AuthenticatedUsers(2);
		for (String name : List.of("alice", "bob", "carol")) {
			users.add("in", UsernamePasswordAuthenticationToken.authenticated(name, null,
					AuthorityUtils.createAuthorityList("ROLE_ADMIN")));
		}
		assertThat(users.get("in", "carol").getAuthorities()).hasSize(1);
		assertThat(users.get("other", "carol").getAuthorities()).isEmpty();
		assertThat(users.get("in", "alice").getAuthorities()).isEmpty();
		assertThat(users.get("in", "alice").getName()).isEqualTo("alice");
	}

	@Test
	void aListenerTakesItsUserAsAParameter() {
		this.bare.withUserConfiguration(Users.class, Principals.class)
			.withPropertyValues("zmq.security.users.staff.carol=listed")
			.withPropertyValues("zmq.sockets.listed.type=pull", "zmq.sockets.listed.bind=tcp://127.0.0.1:*",
					"zmq.sockets.listed.security.mechanism=plain", "zmq.sockets.listed.security.users=staff")
			.withPropertyValues("zmq.sockets.open.type=pull", "zmq.sockets.open.bind=tcp://127.0.0.1:*",
					"zmq.sockets.others.type=push", "zmq.sockets.others.connect=socket:open")
			.withPropertyValues(sender("alices", "alice", "open"))
			.withPropertyValues(sender("carols", "carol", "listed"))
			.withPropertyValues("zmq.sockets.carols.connect=socket:listed")
			.run((context) -> {
				BlockingQueue<String> heard = context.getBean(Principals.class).heard;
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				for (String from : List.of("alices", "carols", "others")) {
					assertThat(sockets.awaitPeers(from, 1, Duration.ofSeconds(20))).isTrue();
					context.getBean(ZmqTemplate.class).convertAndSend(from, from);
				}
				assertThat(List.of(next(heard), next(heard), next(heard)))
					.containsExactlyInAnyOrder("alices of alice [ROLE_ADMIN]", "carols of carol", "others of null");
			});
	}

	private static String next(BlockingQueue<String> heard) throws InterruptedException {
		return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
	}

	private static void assertHeard(ApplicationContext context, String from, String expected)
			throws InterruptedException {
		assertThat(context.getBean(ZmqSockets.class).awaitPeers(from, 1, Duration.ofSeconds(20))).isTrue();
		context.getBean(ZmqTemplate.class).convertAndSend(from, "hello");
		assertThat(context.getBean(Listeners.class).heard.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
	}

	/** A call that tells which user there is meanwhile. */
	private record Invocation(List<ZmqMessage> messages) implements ZmqListenerInvocation {

		@Override
		public String listenerId() {
			return "in";
		}

		@Override
		public String socket() {
			return "in";
		}

		@Override
		public int attempt() {
			return 1;
		}

		@Override
		public @Nullable Object proceed() {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return (authentication != null) ? authentication.getName() : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users(PasswordEncoder encoder) {
			return new InMemoryUserDetailsManager(
					User.withUsername("alice").password(encoder.encode("open")).roles("ADMIN").build(),
					User.withUsername("bob").password(encoder.encode("sesame")).roles("STAFF").build());
		}

		@Bean
		PasswordEncoder encoder() {
			return new BCryptPasswordEncoder(4);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Principals {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@ZmqListener("in")
		void known(@AuthenticationPrincipal UserDetails user, @Payload String text) {
			List<String> roles = user.getAuthorities()
				.stream()
				.map((authority) -> authority.getAuthority())
				.filter((name) -> name.startsWith("ROLE_"))
				.toList();
			this.heard.add(text + " of " + user.getUsername() + " " + roles);
		}

		@ZmqListener("listed")
		void listed(@AuthenticationPrincipal String user, @Payload String text) {
			this.heard.add(text + " of " + user);
		}

		@ZmqListener("open")
		void open(String text, @AuthenticationPrincipal @Nullable Object user) {
			this.heard.add(text + " of " + user);
		}

		@Bean
		AuthenticationPrincipalArgumentResolver principal() {
			return new AuthenticationPrincipalArgumentResolver();
		}

	}

	/** What only an administrator may do. */
	static class Office {

		@PreAuthorize("hasRole('ADMIN')")
		String enter() {
			return "may";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		private final Office office;

		private String during = "";

		Listeners() {
			ProxyFactory factory = new ProxyFactory(new Office());
			factory.setProxyTargetClass(true);
			factory.addAdvisor(AuthorizationManagerBeforeMethodInterceptor.preAuthorize());
			this.office = (Office) factory.getProxy();
		}

		@ZmqListener("in")
		void listen(String text) {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			this.during = authentication.getName() + " "
					+ authentication.getAuthorities()
						.stream()
						.map((authority) -> authority.getAuthority())
						.filter((name) -> name.startsWith("ROLE_"))
						.toList()
					+ " " + enter();
		}

		private String enter() {
			try {
				return this.office.enter();
			}
			catch (AccessDeniedException ex) {
				return "may not";
			}
		}

		/** Sees what is left on the lane when the listener is through. */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		ZmqListenerInterceptor afterwards() {
			return (invocation) -> {
				Object result = invocation.proceed();
				this.heard.add(this.during + ", after " + SecurityContextHolder.getContext().getAuthentication());
				return result;
			};
		}

	}

}
