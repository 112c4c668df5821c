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

package io.github.zmqspring.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.event.ZmqSequenceGapEvent;

import org.springframework.context.event.EventListener;

/**
 * What an application got of a numbered feed, and what it was told that it missed.
 */
abstract class FeedRecorder {

	final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	final BlockingQueue<ZmqSequenceGapEvent> gaps = new LinkedBlockingQueue<>();

	List<String> next(int count) throws InterruptedException {
		List<String> next = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			next.add(UserApp.next(this.received));
		}
		return next;
	}

	@EventListener
	void missed(ZmqSequenceGapEvent event) {
		this.gaps.add(event);
	}

}
