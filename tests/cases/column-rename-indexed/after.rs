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
        index session_plan (outline) where "outline IS NOT NULL";
        index session_expr ("lower(outline)", title desc);
        unique (outline, title);
    }
}
