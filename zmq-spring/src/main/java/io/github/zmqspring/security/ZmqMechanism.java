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

/**
 * The security mechanisms of ZMTP 3.
 *
 * @since 0.1.0
 */
public enum ZmqMechanism {

	/** No credentials, no encryption (RFC 37). */
	NULL,

	/** A user name and a password in clear text (RFC 24). */
	PLAIN,

	/** Both sides own keys, and everything is encrypted (RFC 26). */
	CURVE

}
