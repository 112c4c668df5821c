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

package io.github.zmqspring.support;

import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqRemoteException;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link QuotedPayloads}: texts of exceptions that may quote a payload are
 * withheld, wherever they are.
 */
class QuotedPayloadsTests {

	private static final Exception QUOTING = new NumberFormatException("For input string: secret");

	@Test
	void whatMayQuoteAPayloadIsFoundInCausesAndSuppressedExceptions() {
		assertThat(QuotedPayloads.isQuotedBy(QUOTING)).isTrue();
		assertThat(QuotedPayloads.isQuotedBy(new IllegalStateException("outside", QUOTING))).isTrue();
		assertThat(QuotedPayloads.isQuotedBy(new MessageConversionException("secret"))).isTrue();
		assertThat(QuotedPayloads.isQuotedBy(new ZmqRemoteException("ask", "title", "secret"))).isTrue();
		assertThat(QuotedPayloads.isQuotedBy(new ZmqConversionException("of ours"))).isFalse();
		assertThat(QuotedPayloads.isQuotedBy(new IllegalStateException("plain"))).isFalse();
		IllegalStateException suppressing = new IllegalStateException("outside");
		suppressing.addSuppressed(QUOTING);
		assertThat(QuotedPayloads.isQuotedBy(suppressing)).isTrue();
	}

	@Test
	void aWithheldExceptionKeepsTypesAndStackTraces() {
		Exception failure = new IllegalStateException("also secret", QUOTING);
		Throwable withheld = QuotedPayloads.withhold(failure);
		assertThat(withheld.toString())
			.isEqualTo("java.lang.IllegalStateException (message withheld: it may quote a payload)");
		assertThat(withheld.getStackTrace()).isEqualTo(failure.getStackTrace());
		assertThat(withheld.getCause())
			.hasToString("java.lang.NumberFormatException (message withheld: it may quote a payload)");
		Exception plain = new IllegalStateException("plain");
		assertThat(QuotedPayloads.withhold(plain)).isSameAs(plain);
	}

	@Test
	void ownTextsAreTold() {
		Exception own = new ZmqConversionException("of ours", QUOTING);
		assertThat(QuotedPayloads.ownText(own)).isEqualTo("of ours");
		assertThat(QuotedPayloads.ownText(QUOTING)).isNull();
		assertThat(QuotedPayloads.ownText(new ZmqRemoteException("ask", "title", "secret"))).isNull();
		assertThat(QuotedPayloads.describe(own)).isEqualTo("ZmqConversionException: of ours < NumberFormatException");
		assertThat(QuotedPayloads.withhold(own)).hasToString(ZmqConversionException.class.getName() + ": of ours");
	}

	@Test
	void aChainThatGoesRoundEnds() {
		Exception first = new IllegalStateException("first");
		first.initCause(new IllegalStateException("second", first));
		assertThat(QuotedPayloads.isQuotedBy(first)).isFalse();
		assertThat(QuotedPayloads.describe(first)).startsWith("IllegalStateException < IllegalStateException");
	}

}
