//! `plan.txt`: what a plan does, an operation a line, for a reader of the case.

use glowplug::diff::Operation;
use serde_json::Value;

/// The operations as text.
pub(crate) fn operations(operations: &[Operation]) -> String {
    let mut text = String::new();
    for operation in operations {
        line(&serde_json::to_value(operation).expect("serialises"), 1, &mut text);
    }
    if text.is_empty() { "  nothing\n".to_owned() } else { text }
}

/// One operation: its word, then what it is about. A rebuild lists its changes below itself.
fn line(operation: &Value, depth: usize, text: &mut String) {
    let field = |name: &str| operation.get(name);
    let word = field("operation").and_then(Value::as_str).unwrap_or("?");
    let mut words = vec![word.to_owned()];
    for (key, value) in operation.as_object().expect("a tagged enum") {
        match key.as_str() {
            "operation" | "changes" => {}
            "fill" if value.is_null() => {}
            "from" | "to" if value.get("columns").is_some() && value.get("uniques").is_some() => {
                if key == "from" {
                    words.push(value["name"].as_str().unwrap_or("?").to_owned());
                }
            }
            "table" if value.is_object() => {
                words.push(value["name"].as_str().unwrap_or("?").to_owned());
            }
            "table" => words.push(value.as_str().unwrap_or("?").to_owned()),
            _ => words.push(format!("{key}: {}", brief(value))),
        }
    }
    text.push_str(&"  ".repeat(depth));
    text.push_str(&words.join(" "));
    text.push('\n');
    for change in field("changes").and_then(Value::as_array).into_iter().flatten() {
        line(change, depth + 1, text);
    }
}

/// JSON without what is empty or usual.
fn brief(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let shown: Vec<String> = fields
                .iter()
                .filter(|(key, value)| !is_usual(key, value))
                .map(|(key, value)| format!("{key} {}", brief(value)))
                .collect();
            format!("{{{}}}", shown.join(", "))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(brief).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn is_usual(key: &str, value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => key != "nullable",
        Value::Array(items) => items.is_empty(),
        Value::String(text) => {
            key == "stored"
                || matches!(
                    text.as_str(),
                    "no-action" | "not-deferrable" | "unstated" | "ascending"
                )
        }
        _ => false,
    }
}
