diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        #[doc(alias = "plan")]
        outline -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_plan (outline) where { sqlite "outline IS NOT NULL", postgres "outline IS NOT NULL" };
        index session_expr ({ sqlite "lower(outline)", postgres "lower(outline)" }, title desc);
        unique (outline, title);
    }
}
