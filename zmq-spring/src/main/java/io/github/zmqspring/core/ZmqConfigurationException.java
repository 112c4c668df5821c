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

package io.github.zmqspring.core;

import org.springframework.core.NestedRuntimeException;

/**
 * A configuration that cannot work. It stops start-up; the report names the property or
 * listener, the value and what to do.
 *
 * @since 0.1.0
 */
public class ZmqConfigurationException extends NestedRuntimeException {

	private final String subject;

	private final String reason;

	private final String action;

	/**
	 * Create the exception.
	 * @param subject the property or listener, as its author wrote it
	 * @param reason what is wrong with it, with the value
	 * @param action what to do
	 */
	public ZmqConfigurationException(String subject, String reason, String action) {
		super("%s: %s. %s".formatted(subject, reason, action));
		this.subject = subject;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Return the property or listener that is wrong.
	 * @return the subject
	 */
	public final String getSubject() {
		return this.subject;
	}

	/**
	 * Return what is wrong with it.
	 * @return the reason
	 */
	public final String getReason() {
		return this.reason;
	}

	/**
	 * Return what to do.
	 * @return the action
	 */
	public final String getAction() {
		return this.action;
	}

}
