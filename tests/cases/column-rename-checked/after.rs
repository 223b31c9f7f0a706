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
        check plan_short "length(outline) < 100";
    }
}
