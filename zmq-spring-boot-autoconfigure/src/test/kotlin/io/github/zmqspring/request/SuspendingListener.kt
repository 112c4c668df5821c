package io.github.zmqspring.request

import io.github.zmqspring.annotation.ZmqListener
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

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

/**
 * A listener that answers by a flow.
 */
open class FlowListener {

	@ZmqListener("rpc")
	fun answer(count: String): Flow<String> = flow {
		for (i in 1..count.toInt()) {
			delay(1)
			emit(i.toString())
		}
	}

}
