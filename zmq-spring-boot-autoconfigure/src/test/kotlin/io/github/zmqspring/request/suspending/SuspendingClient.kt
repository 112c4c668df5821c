package io.github.zmqspring.request.suspending

import io.github.zmqspring.annotation.ZmqClient
import io.github.zmqspring.annotation.ZmqRequest
import io.github.zmqspring.request.EnableZmqClients
import kotlinx.coroutines.runBlocking

/**
 * A client whose functions suspend, and what calls it.
 */
@ZmqClient("ask")
interface SuspendingClient {

	@ZmqRequest
	suspend fun ask(question: String): String

}

@EnableZmqClients
open class SuspendingUser(private val client: SuspendingClient) {

	fun ask(question: String): String = runBlocking { client.ask(question) }

}
