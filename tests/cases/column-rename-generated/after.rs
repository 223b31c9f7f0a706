diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        #[doc(alias = "plan")]
        outline -> Nullable<Text>,
        size -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        size: generated "length(outline)" stored;
    }
}
