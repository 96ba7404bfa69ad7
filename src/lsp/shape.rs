//! What can stand where in a case, as the schema of its kind says it.

use serde_json::Value as Json;

use super::cursor::CursorStep;
use crate::library::starter::mark;

/// What a value can look like: one schema, or several to choose from.
#[derive(Clone, Debug, Default)]
pub struct Shape<'a>(Vec<&'a Json>);

/// A key that a map can have.
pub struct KnownKey<'a> {
    /// Its name.
    pub name: &'a str,
    /// What its value looks like.
    pub schema: &'a Json,
    /// Whether the map must have it.
    pub required: bool,
}

impl<'a> Shape<'a> {
    /// What stands at the end of a path.
    pub fn at(schema: &'a Json, path: &[CursorStep]) -> Self {
        path.iter().fold(Self(alternatives(schema)), |shape, step| shape.step(step))
    }

    fn step(self, step: &CursorStep) -> Self {
        let inner = |schema: &'a Json| match step {
            CursorStep::Item => schema.get("items"),
            CursorStep::Key(key) => {
                schema["properties"].get(key).or_else(|| schema.get("additionalProperties"))
            }
        };
        Self(self.0.into_iter().filter_map(inner).flat_map(alternatives).collect())
    }

    /// The keys that it can have, in their usual order.
    pub fn keys(&self) -> Vec<KnownKey<'a>> {
        let of = |schema: &&'a Json| {
            let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
            let properties = schema["properties"].as_object().into_iter().flatten();
            properties.map(move |(name, schema)| KnownKey {
                name,
                schema,
                required: required.iter().any(|key| key == name.as_str()),
            })
        };
        self.0.iter().flat_map(of).collect()
    }

    /// The words to choose from, where there are few.
    pub fn words(&self) -> Vec<&'a str> {
        self.0.iter().flat_map(|schema| words(schema)).collect()
    }
}

/// What a key is for.
pub fn description(schema: &Json) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

/// The schemas that one chooses from.
fn alternatives(schema: &Json) -> Vec<&Json> {
    match schema["oneOf"].as_array() {
        Some(several) => several.iter().flat_map(alternatives).collect(),
        None => vec![schema],
    }
}

fn words(schema: &Json) -> impl Iterator<Item = &str> {
    schema["enum"].as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// A key with a value to fill in, as a starter writes it: below it what it must hold, indented from the
/// beginning of its line.
pub fn entry(name: &str, schema: &Json) -> String {
    format!("{name}:{}\n", value(name, schema, 2))
}

/// A value to fill in, behind its key's colon or its item's dash.
fn value(name: &str, schema: &Json, indent: usize) -> String {
    let shapes = alternatives(schema);
    let Some(schema) = shapes.first() else { return String::new() };
    let margin = " ".repeat(indent);
    if schema.get("properties").is_some() {
        let all = Shape(vec![schema]).keys();
        let required = all.iter().any(|key| key.required);
        let wanted = all.iter().enumerate().filter(|(at, key)| key.required || !required && *at == 0);
        wanted
            .map(|(_, key)| format!("\n{margin}{}:{}", key.name, value(key.name, key.schema, indent + 2)))
            .collect()
    } else if let Some(items) = schema.get("items") {
        let item = value(name, items, indent + 2);
        // The first key of a map stands behind the dash.
        format!("\n{margin}- {}", item.trim_start())
    } else if schema["contentMediaType"] == "text/markdown" {
        format!(" |\n{margin}{}", mark(name))
    } else if words(schema).next().is_some() {
        format!(" {}", mark(&words(schema).collect::<Vec<_>>().join(" eller ")))
    } else if schema["pattern"].as_str().is_some_and(|pattern| pattern.contains("[0-9]{4}-")) {
        format!(" {}", mark("datum, ÅÅÅÅ-MM-DD"))
    } else {
        format!(" {}", mark(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::library::Templates;
    use crate::library::starter;
    use crate::read::{self, schema};

    #[test]
    fn every_key_with_its_value_is_yaml_of_the_right_shape() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        for kind in templates.kinds().all() {
            let schema = schema::whole(kind, templates.kinds());
            for key in Shape::at(&schema, &[]).keys() {
                let lines = starter::entry(kind, key.name).unwrap_or_else(|| entry(key.name, key.schema));
                let text = format!("mall: {}\n{}", kind.word(), if key.name == "mall" { "" } else { &lines });
                let (_, found) = read::case(&Source::new("a", text.as_str()), templates.kinds());
                let wrong = found.iter().filter(|found| {
                    !["nyckel-saknas", "ej-ifyllt", "okänt-värde", "okänd-nyckel"].contains(&found.code.name)
                });
                assert_eq!(wrong.map(|found| &found.message).collect::<Vec<_>>(), [""; 0], "{text}");
            }
        }
    }

    #[test]
    fn a_path_leads_through_lists_and_maps() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        let kind = templates.kinds().get("utlåtande").expect("there");
        let schema = schema::whole(kind, templates.kinds());
        let key = |name: &str| CursorStep::Key(name.into());
        let keys = |path: &[CursorStep]| -> Vec<&str> {
            Shape::at(&schema, path).keys().into_iter().map(|key| key.name).collect()
        };
        assert_eq!(keys(&[])[0], "mall");
        let reservation = [key("remissinstanser"), CursorStep::Item, key("reservationer"), CursorStep::Item];
        assert_eq!(keys(&reservation)[..2], ["av", "parti"]);
        assert!(keys(&[key("Egen rubrik")]).is_empty());
    }
}
