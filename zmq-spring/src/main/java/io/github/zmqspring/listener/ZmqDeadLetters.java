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

package io.github.zmqspring.listener;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSockets;
import org.jspecify.annotations.Nullable;

/**
 * Reads dead letters and sends their messages again. All methods may be called from any
 * thread. A socket that a listener reads cannot be read here too: such a listener uses
 * {@link ZmqDeadLetter#of} and {@link #sendAgain(ZmqDeadLetter, String)}.
 *
 * @since 0.1.0
 */
public class ZmqDeadLetters {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

	private final ZmqSockets sockets;

	/** Read and not sent, by the socket they were read from. */
	private final Map<String, Queue<ZmqDeadLetter>> unsent = new ConcurrentHashMap<>();

	/**
	 * Create it.
	 * @param sockets the sockets to read from and to send to
	 */
	public ZmqDeadLetters(ZmqSockets sockets) {
		this.sockets = sockets;
	}

	/**
	 * Read the next dead letter: first those that {@link #sendAllAgain} could not send.
	 * @param socket the logical name of a socket that receives from the dead-letter
	 * socket
	 * @param timeout how long to wait for one
	 * @return the dead letter, or {@code null} if none came in that time
	 * @throws io.github.zmqspring.core.ZmqConversionException if what came is none
	 */
	public @Nullable ZmqDeadLetter receive(String socket, Duration timeout) {
		Queue<ZmqDeadLetter> before = this.unsent.get(socket);
		ZmqDeadLetter letter = (before != null) ? before.poll() : null;
		if (letter != null) {
			return letter;
		}
		ZmqMessage message = this.sockets.socket(socket).receive(timeout.toNanos());
		return (message != null) ? ZmqDeadLetter.of(message) : null;
	}

	/**
	 * Send the message of a dead letter again, with all its frames as they were.
	 * @param letter the dead letter
	 * @param socket the logical name of the socket to send with
	 * @throws io.github.zmqspring.core.ZmqException if the socket did not accept it
	 * within its send-timeout, or 5 seconds
	 */
	public void sendAgain(ZmqDeadLetter letter, String socket) {
		ZmqSocket target = this.sockets.socket(socket);
		Duration timeout = target.definition().options().duration(SocketOption.SEND_TIMEOUT, SEND_TIMEOUT);
		SendResult result = target.send(letter.message().raw().clone(), timeout.toNanos());
		result.orThrow(socket, timeout);
	}

	/**
	 * Read dead letters and send their messages again, until there are no more. A letter
	 * that cannot be sent ends the work with an exception that names the socket, and is
	 * kept in memory: it is the first one to be read next time. What is no dead letter is
	 * dropped, and ends the work with an exception, too.
	 * @param from the logical name of a socket that receives from the dead-letter socket
	 * @param to the logical name of the socket to send with
	 * @param patience how long to wait for a further letter
	 * @return how many were sent
	 * @throws io.github.zmqspring.core.ZmqException if one could not be sent
	 * @throws io.github.zmqspring.core.ZmqConversionException if what came is none
	 */
	public int sendAllAgain(String from, String to, Duration patience) {
		int sent = 0;
		for (ZmqDeadLetter letter = receive(from, patience); letter != null; letter = receive(from, patience)) {
			try {
				sendAgain(letter, to);
			}
			catch (RuntimeException ex) {
				this.unsent.computeIfAbsent(from, (key) -> new ConcurrentLinkedQueue<>()).add(letter);
				throw ex;
			}
			sent++;
		}
		return sent;
	}

}
