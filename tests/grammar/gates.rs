//! `#[cfg]`: what is switched off is not there.

#[cfg(any())]
diesel::table! {
    never (id) { id -> Integer }
}

#[cfg(not(feature = "mysql-bundled"))]
diesel::table! {
    always (id) { id -> Integer, note -> Text }
}

#[cfg(feature = "mysql-bundled")]
diesel::table! {
    always (id) { id -> Integer, note -> Integer }
}

#[cfg(test)]
mod tests {
    diesel::table! {
        only_in_tests (id) { id -> Integer }
    }
}

#[cfg(all(feature = "mysql-bundled", test))]
mod gone {
    diesel::table! { gone (id) { id -> Integer } }
}

glowplug::ddl! {
    #[cfg(any())]
    table never { id: identity; }

    #[cfg(not(any()))]
    table always { note: default "'x'"; }
}
