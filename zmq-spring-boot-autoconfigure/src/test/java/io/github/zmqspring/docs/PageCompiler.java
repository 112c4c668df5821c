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

package io.github.zmqspring.docs;

import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles the Java of a page.
 */
final class PageCompiler {

	private PageCompiler() {
	}

	/**
	 * Compile sources together.
	 * @param sources the sources
	 * @param classes where the classes go
	 * @return a class loader that has them
	 */
	static URLClassLoader compile(List<JavaSource> sources, Path classes) {
		List<JavaFileObject> files = new ArrayList<>();
		sources.forEach((source) -> files.add(new SourceFile(source)));
		StringWriter errors = new StringWriter();
		boolean done = ToolProvider.getSystemJavaCompiler()
			.getTask(errors, null, null, List.of("-proc:none", "-parameters", "-d", classes.toString()), null, files)
			.call();
		assertThat(done).as("%s", errors).isTrue();
		try {
			return new URLClassLoader(new URL[] { classes.toUri().toURL() }, PageCompiler.class.getClassLoader());
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class SourceFile extends SimpleJavaFileObject {

		private final JavaSource source;

		SourceFile(JavaSource source) {
			super(URI.create("page:///" + source.name() + ".java"), Kind.SOURCE);
			this.source = source;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.source.text();
		}

	}

}
