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

package io.github.zmqspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks all properties below a prefix before the first bean is made, and makes relaxed
 * forms of a name one name when they are bound. Boot itself ignores unknown keys, and its
 * handler against them ignores variables and system properties, and knows nothing of what
 * was meant.
 *
 * @since 0.1.0
 */
public final class ZmqPropertiesCheck implements BeanFactoryPostProcessor, ConfigurationPropertiesBindHandlerAdvisor {

	private static final Log logger = LogFactory.getLog(ZmqPropertiesCheck.class);

	private final ConfigurationPropertyName prefix;

	private final PropertyNode root;

	private final ConfigurableEnvironment environment;

	/**
	 * Create the check.
	 * @param prefix the prefix that the class is bound to
	 * @param type the class
	 * @param environment where the properties are
	 */
	public ZmqPropertiesCheck(String prefix, Class<?> type, ConfigurableEnvironment environment) {
		this.prefix = ConfigurationPropertyName.of(prefix);
		this.root = PropertyNode.of(prefix, ResolvableType.forClass(type));
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// not those that are attached: they are only there in an application of Boot's
		check(ConfigurationPropertySources.from(this.environment.getPropertySources()));
	}

	private void check(Iterable<ConfigurationPropertySource> sources) {
		List<PropertyKey> keys = PropertyKey.below(this.prefix, sources);
		ChosenNames names = ChosenNames.of(this.root, keys);
		List<PropertyProblem> problems = new ArrayList<>(names.ambiguous());
		KeyCheck check = new KeyCheck(this.root, names, (node, key) -> {
			Stream.of(YamlText.check(node, key), YamlText.flag(node, key), emptyPlaceholder(node, key))
				.filter(Objects::nonNull)
				.forEach(problems::add);
			String remark = YamlText.remark(node, key);
			if (remark != null) {
				logger.warn(remark);
			}
		});
		keys.forEach(check::check);
		check.remarks().forEach(logger::warn);
		problems.addAll(check.problems());
		if (!problems.isEmpty()) {
			throw new InvalidPropertiesException(problems);
		}
	}

	private @Nullable PropertyProblem emptyPlaceholder(PropertyNode node, PropertyKey key) {
		boolean endpoints = "bind".equals(node.name()) || "connect".equals(node.name());
		return (endpoints && key.value() instanceof CharSequence text && text.toString()
			.contains("${") && this.environment.resolvePlaceholders(text.toString()).isBlank()) ? PropertyProblem.of(
					key, "the placeholder stands for nothing, which is no endpoint",
					"Set what it stands for, or write an empty list, [], if code binds or connects the socket at run time")
					: null;
	}

	@Override
	public BindHandler apply(BindHandler handler) {
		return new OneNameHandler(handler);
	}

	/**
	 * Leaves out what the binder would take for a further name: another form of one that
	 * is there, and variables of services.
	 */
	private final class OneNameHandler extends AbstractBindHandler {

		private @Nullable ChosenNames names;

		OneNameHandler(BindHandler parent) {
			super(parent);
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			ConfigurationPropertyName prefix = ZmqPropertiesCheck.this.prefix;
			if (name.equals(prefix)) {
				this.names = ChosenNames.of(ZmqPropertiesCheck.this.root, context.getSources());
			}
			else if (this.names != null && prefix.isAncestorOf(name) && !this.names.isBound(name)) {
				return null;
			}
			return super.onStart(name, target, context);
		}

	}

}
