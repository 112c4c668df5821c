/**
 * A small chart on a canvas: lines or bars over x, a grid, labels. It draws at most once
 * per frame, sharp on any screen, in the colours of the style sheet. A line is interrupted
 * where no point follows within data.gap.
 */
export class Chart {

	constructor(canvas, options) {
		this.canvas = canvas;
		this.options = options;
		this.data = {xMin: 0, xMax: 1, series: []};
		this.scheduled = false;
		new ResizeObserver(() => this.schedule()).observe(canvas);
		window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.schedule());
	}

	/** Show {xMin, xMax, gap, series: [[[x, y], ...], ...]}. */
	show(data) {
		this.data = data;
		this.schedule();
	}

	schedule() {
		if (!this.scheduled) {
			this.scheduled = true;
			requestAnimationFrame(() => {
				this.scheduled = false;
				this.draw();
			});
		}
	}

	draw() {
		const width = this.canvas.clientWidth;
		const height = this.canvas.clientHeight;
		if (width === 0 || height === 0) {
			return;
		}
		const ratio = window.devicePixelRatio || 1;
		this.canvas.width = Math.round(width * ratio);
		this.canvas.height = Math.round(height * ratio);
		const context = this.canvas.getContext("2d");
		context.setTransform(ratio, 0, 0, ratio, 0, 0);
		context.clearRect(0, 0, width, height);
		const style = getComputedStyle(document.documentElement);
		const color = (name) => style.getPropertyValue(name).trim();
		const yMax = this.options.yMax ?? this.options.minimum ?? 0;
		const top = this.options.yMax ?? Chart.ceiling(Math.max(yMax, this.highest()));
		const area = {left: 56, top: 8, right: width - 2, bottom: height - 20};
		const x = (value) => area.left
			+ (value - this.data.xMin) / ((this.data.xMax - this.data.xMin) || 1) * (area.right - area.left);
		const y = (value) => area.bottom - Math.min(value, top) / top * (area.bottom - area.top);
		this.drawGrid(context, area, top, y, color);
		context.save();
		context.beginPath();
		context.rect(area.left, 0, area.right - area.left, height);
		context.clip();
		this.data.series.forEach((points, index) => {
			const ink = color(this.options.colors[index]);
			if (this.options.bars) {
				this.drawBars(context, area, points, x, y, ink);
			}
			else {
				this.parts(points).forEach((part) => this.drawLine(context, area, part, x, y, ink));
			}
		});
		context.restore();
	}

	drawGrid(context, area, top, y, color) {
		context.font = "11px system-ui, sans-serif";
		context.fillStyle = color("--muted");
		context.strokeStyle = color("--grid");
		context.lineWidth = 1;
		context.textAlign = "right";
		context.textBaseline = "middle";
		for (let step = 0; step <= 4; step++) {
			const value = top * step / 4;
			const line = Math.round(y(value)) + 0.5;
			context.beginPath();
			context.moveTo(area.left, line);
			context.lineTo(area.right, line);
			context.stroke();
			if (step % 2 === 0) {
				context.fillText(this.options.yLabel(value), area.left - 8, line);
			}
		}
		context.textBaseline = "alphabetic";
		const labels = [this.data.xMin, (this.data.xMin + this.data.xMax) / 2, this.data.xMax];
		labels.forEach((value, index) => {
			const label = (this.options.xLabel) ? this.options.xLabel(value, this.data) : "";
			context.textAlign = ["left", "center", "right"][index];
			context.fillText(label, area.left + index * (area.right - area.left) / 2, area.bottom + 16);
		});
	}

	/** Split a line where nothing is known of the time between two points. */
	parts(points) {
		const parts = [];
		points.forEach((point, index) => {
			if (index === 0 || point[0] - points[index - 1][0] > (this.data.gap ?? Infinity)) {
				parts.push([]);
			}
			parts.at(-1).push(point);
		});
		return parts;
	}

	drawLine(context, area, points, x, y, ink) {
		const path = new Path2D();
		points.forEach(([px, py], index) => {
			if (index === 0) {
				path.moveTo(x(px), y(py));
			}
			else {
				path.lineTo(x(px), y(py));
			}
		});
		const fill = new Path2D(path);
		fill.lineTo(x(points[points.length - 1][0]), area.bottom);
		fill.lineTo(x(points[0][0]), area.bottom);
		fill.closePath();
		context.globalAlpha = 0.12;
		context.fillStyle = ink;
		context.fill(fill);
		context.globalAlpha = 1;
		context.strokeStyle = ink;
		context.lineWidth = 1.75;
		context.lineJoin = "round";
		context.stroke(path);
	}

	drawBars(context, area, points, x, y, ink) {
		const width = Math.max(2, x(1) - x(0) - 2);
		context.fillStyle = ink;
		points.forEach(([px, py]) => {
			const from = Math.min(y(py), area.bottom - 1);
			context.fillRect(x(px) + 1, from, width, area.bottom - from);
		});
	}

	highest() {
		let highest = 0;
		this.data.series.forEach((points) => points.forEach(([, py]) => highest = Math.max(highest, py)));
		return highest;
	}

	/** Return the next round number: 1, 2, 4 or 8 times a power of ten. */
	static ceiling(value) {
		if (!(value > 0)) {
			return 1;
		}
		const power = 10 ** Math.floor(Math.log10(value));
		return ([1, 2, 4, 8, 10].find((factor) => factor * power >= value * 1.02) ?? 20) * power;
	}

}
