const SPAN_MILLIS = 3_000;

/** Rates of counters over the last seconds. */
export class Rates {

	#readings = new Map();

	/** Take a reading of a counter, and return its growth per second. */
	read(name, time, count) {
		const readings = this.#readings.get(name) ?? [];
		this.#readings.set(name, readings);
		const last = readings.at(-1);
		if (last && (last.time >= time || last.count > count)) {
			// a new stream, or a counter that was reset
			readings.length = 0;
		}
		readings.push({time, count});
		while (readings.length > 2 && time - readings[0].time > SPAN_MILLIS) {
			readings.shift();
		}
		const first = readings[0];
		return (first.time < time) ? (count - first.count) / (time - first.time) * 1000 : 0;
	}

	/** Forget all readings, so that the next rates do not span a gap. */
	clear() {
		this.#readings.clear();
	}

}
