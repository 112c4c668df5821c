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

import java.util.List;

import io.github.zmqspring.autoconfigure.ZmqConnectionDetails;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Makes connection details of a {@link ZmqContainer} with {@code @ServiceConnection}.
 */
class ZmqContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<ZmqContainer, ZmqConnectionDetails> {

	@Override
	protected ZmqConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<ZmqContainer> source) {
		return new Details(source);
	}

	private static final class Details extends ContainerConnectionDetails<ZmqContainer>
			implements ZmqConnectionDetails {

		private Details(ContainerConnectionSource<ZmqContainer> source) {
			super(source);
		}

		@Override
		public List<String> getConnect(String socket) {
			return getContainer().getConnect(socket);
		}

	}

}
