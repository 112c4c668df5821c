package io.github.zmqspring.request

import io.github.zmqspring.annotation.ZmqListener
import kotlinx.coroutines.delay

/**
 * A listener whose functions suspend.
 */
open class SuspendingListener {

	@ZmqListener("rpc")
	suspend fun answer(question: String): String {
		delay(10)
		if (question == "bad") {
			throw IllegalStateException("suspended and failed")
		}
		return "after a while: $question"
	}

}
