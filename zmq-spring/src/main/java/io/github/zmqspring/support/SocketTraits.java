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

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import org.zeromq.SocketType;

/**
 * What a socket type can do, in one table for all rooms.
 *
 * @since 0.1.0
 */
public final class SocketTraits {

	/** By ordinal: asked for with each message. */
	private static final SocketTraits[] ALL = new SocketTraits[SocketType.values().length];

	static {
		add(SocketType.PAIR, Address.NONE, Set.of(SocketType.PAIR), Trait.RECEIVES, Trait.SENDS, Trait.REPLIES,
				Trait.REPORTS_ROOM, Trait.UNADDRESSED);
		add(SocketType.PUB, Address.NONE, Set.of(SocketType.SUB, SocketType.XSUB), Trait.SENDS, Trait.PUBLISHES,
				Trait.UNADDRESSED);
		add(SocketType.SUB, Address.NONE, Set.of(SocketType.PUB, SocketType.XPUB), Trait.RECEIVES, Trait.SUBSCRIBES);
		add(SocketType.REQ, Address.NONE, Set.of(SocketType.REP, SocketType.ROUTER), Trait.RECEIVES, Trait.SENDS,
				Trait.REQUESTS, Trait.REPORTS_ROOM);
		add(SocketType.REP, Address.IDENTITY, Set.of(SocketType.REQ, SocketType.DEALER), Trait.RECEIVES, Trait.SENDS,
				Trait.REPLIES);
		add(SocketType.DEALER, Address.NONE, Set.of(SocketType.REP, SocketType.DEALER, SocketType.ROUTER),
				Trait.RECEIVES, Trait.SENDS, Trait.REPLIES, Trait.REQUESTS, Trait.REPORTS_ROOM, Trait.UNADDRESSED);
		add(SocketType.ROUTER, Address.IDENTITY, Set.of(SocketType.REQ, SocketType.DEALER, SocketType.ROUTER),
				Trait.RECEIVES, Trait.SENDS, Trait.REPLIES);
		add(SocketType.PULL, Address.NONE, Set.of(SocketType.PUSH), Trait.RECEIVES);
		add(SocketType.PUSH, Address.NONE, Set.of(SocketType.PULL), Trait.SENDS, Trait.REPORTS_ROOM, Trait.UNADDRESSED);
		add(SocketType.XPUB, Address.NONE, Set.of(SocketType.SUB, SocketType.XSUB), Trait.RECEIVES, Trait.SENDS,
				Trait.PUBLISHES, Trait.UNADDRESSED);
		add(SocketType.XSUB, Address.NONE, Set.of(SocketType.PUB, SocketType.XPUB), Trait.RECEIVES, Trait.SENDS,
				Trait.SUBSCRIBES);
		add(SocketType.STREAM, Address.IDENTITY, Set.of(), Trait.RECEIVES, Trait.SENDS, Trait.REPLIES, Trait.RAW);
		add(SocketType.SERVER, Address.NUMBER, Set.of(SocketType.CLIENT), Trait.RECEIVES, Trait.SENDS, Trait.REPLIES,
				Trait.SINGLE_FRAME);
		add(SocketType.CLIENT, Address.NONE, Set.of(SocketType.SERVER), Trait.RECEIVES, Trait.SENDS, Trait.REPLIES,
				Trait.SINGLE_FRAME, Trait.REPORTS_ROOM);
		add(SocketType.RADIO, Address.GROUP, Set.of(SocketType.DISH), Trait.SENDS, Trait.PUBLISHES);
		add(SocketType.DISH, Address.GROUP, Set.of(SocketType.RADIO), Trait.RECEIVES, Trait.SUBSCRIBES);
		add(SocketType.CHANNEL, Address.NONE, Set.of(SocketType.CHANNEL), Trait.RECEIVES, Trait.SENDS, Trait.REPLIES,
				Trait.SINGLE_FRAME, Trait.REPORTS_ROOM);
		add(SocketType.PEER, Address.NUMBER, Set.of(SocketType.PEER), Trait.RECEIVES, Trait.SENDS, Trait.REPLIES,
				Trait.SINGLE_FRAME);
		add(SocketType.SCATTER, Address.NONE, Set.of(SocketType.GATHER), Trait.SENDS, Trait.SINGLE_FRAME,
				Trait.REPORTS_ROOM);
		add(SocketType.GATHER, Address.NONE, Set.of(SocketType.SCATTER), Trait.RECEIVES, Trait.SINGLE_FRAME);
		add(SocketType.RAW, Address.NONE, Set.of(), Trait.RECEIVES, Trait.SENDS, Trait.RAW);
	}

	private final SocketType type;

	private final Address address;

	private final Set<Trait> traits;

	/** Asked for with each message, which a look into a set would slow down. */
	private final boolean sends;

	private final Set<SocketType> peers;

	private SocketTraits(SocketType type, Address address, Set<Trait> traits, Set<SocketType> peers) {
		this.type = type;
		this.address = address;
		this.traits = traits;
		this.sends = traits.contains(Trait.SENDS);
		this.peers = peers;
	}

	private static void add(SocketType type, Address address, Set<SocketType> peers, Trait... traits) {
		EnumSet<Trait> set = EnumSet.noneOf(Trait.class);
		set.addAll(Arrays.asList(traits));
		ALL[type.ordinal()] = new SocketTraits(type, address, set, peers);
	}

	/**
	 * Return the traits of a socket type.
	 * @param type the type
	 * @return its traits
	 */
	public static SocketTraits of(SocketType type) {
		SocketTraits traits = ALL[type.ordinal()];
		if (traits == null) {
			throw new IllegalArgumentException("Unknown socket type " + type);
		}
		return traits;
	}

	/**
	 * Return the type that runs in JeroMQ. REQ and REP in lock-step can be wedged by one
	 * lost message; DEALER and ROUTER look the same on the wire, and cannot.
	 * @return the type itself, except DEALER for REQ and ROUTER for REP
	 */
	public SocketType wireType() {
		return switch (this.type) {
			case REQ -> SocketType.DEALER;
			case REP -> SocketType.ROUTER;
			default -> this.type;
		};
	}

	/**
	 * Return what the first frame of a message names besides the payload.
	 * @return the kind of address
	 */
	public Address address() {
		return this.address;
	}

	/**
	 * Return whether sockets of this type receive.
	 * @return {@code true} if they do
	 */
	public boolean receives() {
		return this.traits.contains(Trait.RECEIVES);
	}

	/**
	 * Return whether sockets of this type send.
	 * @return {@code true} if they do
	 */
	public boolean sends() {
		return this.sends;
	}

	/**
	 * Return whether messages start with a return path, and a reply must too.
	 * @return {@code true} for REP, ROUTER, STREAM, SERVER and PEER
	 */
	public boolean routes() {
		return this.address == Address.IDENTITY || this.address == Address.NUMBER;
	}

	/**
	 * Return whether a peer may get a reply to what it sent.
	 * @return {@code true} for the types that send and receive, except the
	 * publish-subscribe ones and REQ
	 */
	public boolean replies() {
		return this.traits.contains(Trait.REPLIES);
	}

	/**
	 * Return whether requests can be made over this type.
	 * @return {@code true} for REQ and DEALER
	 */
	public boolean requests() {
		return this.traits.contains(Trait.REQUESTS);
	}

	/**
	 * Return whether the type has subscribers.
	 * @return {@code true} for PUB, XPUB and RADIO
	 */
	public boolean publishes() {
		return this.traits.contains(Trait.PUBLISHES);
	}

	/**
	 * Return whether the type subscribes to topics or joins groups.
	 * @return {@code true} for SUB, XSUB and DISH
	 */
	public boolean subscribes() {
		return this.traits.contains(Trait.SUBSCRIBES);
	}

	/**
	 * Return whether messages belong to topics or groups.
	 * @return {@code true} for the publish-subscribe types, on either side
	 */
	public boolean hasTopics() {
		return publishes() || subscribes();
	}

	/**
	 * Return whether each message is a single frame on the wire. RADIO and DISH are not
	 * among these types: their messages are a group and a body.
	 * @return {@code true} for CLIENT, SERVER, PEER, SCATTER, GATHER and CHANNEL
	 */
	public boolean singleFrame() {
		return this.traits.contains(Trait.SINGLE_FRAME);
	}

	/**
	 * Return whether messages can have further frames, such as one of headers.
	 * @return {@code false} for the types of a single frame, for RADIO and DISH, and for
	 * raw TCP
	 */
	public boolean multipart() {
		return mostFrames() == Integer.MAX_VALUE;
	}

	/**
	 * Return whether ZeroMQ tells when a peer has room for a message. The other types
	 * that send report room all the time.
	 * @return {@code true} if they tell
	 */
	public boolean reportsRoom() {
		return this.traits.contains(Trait.REPORTS_ROOM);
	}

	/**
	 * Return whether the type takes a message of any number of frames that is addressed
	 * to no peer in particular.
	 * @return {@code true} for PUSH, PUB, XPUB, DEALER and PAIR
	 */
	public boolean sendsUnaddressed() {
		return this.traits.contains(Trait.UNADDRESSED);
	}

	/**
	 * Return whether the type is raw TCP, without a greeting.
	 * @return {@code true} for STREAM
	 */
	public boolean raw() {
		return this.traits.contains(Trait.RAW);
	}

	/**
	 * Return the fewest frames of a message, its address included.
	 * @return the number of frames
	 */
	public int fewestFrames() {
		return (this.address != Address.NONE) ? 2 : 1;
	}

	/**
	 * Return the most frames that a message may have, its address included.
	 * @return the number of frames
	 */
	public int mostFrames() {
		if (this.address == Address.GROUP || this.traits.contains(Trait.RAW)) {
			return 2;
		}
		return singleFrame() ? fewestFrames() : Integer.MAX_VALUE;
	}

	/**
	 * Return whether sockets of this type talk to sockets of another type.
	 * @param peer the type at the other end
	 * @return {@code true} if they do
	 */
	public boolean talksTo(SocketType peer) {
		return this.peers.contains(peer);
	}

	@Override
	public String toString() {
		return this.type + " " + this.traits;
	}

	/** What the first frame of a message names besides the payload. */
	public enum Address {

		/** Nothing: the first frame is payload or topic. */
		NONE,

		/** A routing id of up to 255 bytes. */
		IDENTITY,

		/** A routing id of four bytes that does not travel. */
		NUMBER,

		/** A group, which travels with the message. */
		GROUP

	}

	private enum Trait {

		RECEIVES, SENDS, REPLIES, REQUESTS, PUBLISHES, SUBSCRIBES, SINGLE_FRAME, REPORTS_ROOM, UNADDRESSED, RAW

	}

}
