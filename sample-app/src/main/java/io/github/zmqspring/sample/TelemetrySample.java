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

package io.github.zmqspring.sample;

/**
 * Figures of this host and JVM at one moment.
 *
 * @param sequence counts the samples from 1
 * @param time milliseconds since 1970
 * @param processCpu CPU load of this process, from 0 to 1
 * @param systemCpu CPU load of the machine, from 0 to 1
 * @param heapUsed heap in use, in bytes
 * @param heapMax the most that the heap may grow to, in bytes
 * @param gcCount garbage collections since the start
 * @param gcMillis time spent in them
 * @param threads live threads
 */
record TelemetrySample(long sequence, long time, double processCpu, double systemCpu, long heapUsed, long heapMax,
		long gcCount, long gcMillis, int threads) {

}
