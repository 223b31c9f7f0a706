// The models of the reference application: an agent's working memory. `examples/app` runs on them,
// `migrations/` is what glowplug made of them, one edit at a time.

diesel::table! {
    /// One run of the agent.
    session (id) {
        id -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        start_time -> Timestamp,
        command_line -> Nullable<Text>,
        program_version -> Nullable<Text>,
        machine_info -> Nullable<Text>,
        #[max_length = 20]
        status -> Varchar,
        plan -> Nullable<Text>,
    }
}

diesel::table! {
    /// What a person asked for.
    human_input (id) {
        id -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        content -> Text,
        source -> Text,
        session_id -> Nullable<Integer>,
    }
}

diesel::table! {
    /// Something true about the code that is worth knowing next time.
    key_fact (id) {
        id -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        content -> Text,
        human_input_id -> Nullable<Integer>,
        session_id -> Nullable<Integer>,
    }
}

diesel::table! {
    /// A piece of a file that matters.
    key_snippet (id) {
        id -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        filepath -> Text,
        line_number -> Integer,
        snippet -> Text,
        description -> Nullable<Text>,
        human_input_id -> Nullable<Integer>,
        session_id -> Nullable<Integer>,
    }
}

diesel::table! {
    /// What an investigation found.
    research_note (id) {
        id -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        content -> Text,
        human_input_id -> Nullable<Integer>,
        session_id -> Nullable<Integer>,
    }
}

diesel::table! {
    /// One step of the agent: a tool that ran, what it returned and what it cost.
    trajectory (id) {
        id -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        human_input_id -> Nullable<Integer>,
        tool_name -> Nullable<Text>,
        tool_parameters -> Nullable<Text>,
        tool_result -> Nullable<Text>,
        step_data -> Nullable<Text>,
        record_type -> Nullable<Text>,
        current_cost -> Nullable<Float>,
        input_tokens -> Nullable<Integer>,
        output_tokens -> Nullable<Integer>,
        is_error -> Bool,
        error_message -> Nullable<Text>,
        error_type -> Nullable<Text>,
        error_details -> Nullable<Text>,
        session_id -> Nullable<Integer>,
    }
}

diesel::joinable!(human_input -> session (session_id));
diesel::joinable!(key_fact -> human_input (human_input_id));
diesel::joinable!(key_fact -> session (session_id));
diesel::joinable!(key_snippet -> human_input (human_input_id));
diesel::joinable!(key_snippet -> session (session_id));
diesel::joinable!(research_note -> human_input (human_input_id));
diesel::joinable!(research_note -> session (session_id));
diesel::joinable!(trajectory -> human_input (human_input_id));
diesel::joinable!(trajectory -> session (session_id));

diesel::allow_tables_to_appear_in_same_query!(
    human_input,
    key_fact,
    key_snippet,
    research_note,
    session,
    trajectory,
);

// What `table!` cannot say. The compiler checks every name in it.
glowplug::ddl! {
    table session {
        created_at: default "CURRENT_TIMESTAMP";
        updated_at: default "CURRENT_TIMESTAMP";
        start_time: default "CURRENT_TIMESTAMP";
        status: default "'pending'";
        check session_status_known
            "status IN ('pending', 'running', 'completed', 'error', 'halting', 'halted')";
        index (status);
    }

    table human_input {
        created_at: default "CURRENT_TIMESTAMP";
        updated_at: default "CURRENT_TIMESTAMP";
        foreign key (session_id) references session (id) on delete cascade;
        index (session_id);
    }

    table key_fact {
        created_at: default "CURRENT_TIMESTAMP";
        updated_at: default "CURRENT_TIMESTAMP";
        foreign key (human_input_id) references human_input (id) on delete set null;
        foreign key (session_id) references session (id) on delete cascade;
        index (human_input_id);
        index (session_id);
    }

    table key_snippet {
        created_at: default "CURRENT_TIMESTAMP";
        updated_at: default "CURRENT_TIMESTAMP";
        foreign key (human_input_id) references human_input (id) on delete set null;
        foreign key (session_id) references session (id) on delete cascade;
        index (human_input_id);
        index (session_id);
    }

    table research_note {
        created_at: default "CURRENT_TIMESTAMP";
        updated_at: default "CURRENT_TIMESTAMP";
        foreign key (human_input_id) references human_input (id) on delete set null;
        foreign key (session_id) references session (id) on delete cascade;
        index (human_input_id);
        index (session_id);
    }

    table trajectory {
        created_at: default "CURRENT_TIMESTAMP";
        updated_at: default "CURRENT_TIMESTAMP";
        is_error: default "false";
        foreign key (human_input_id) references human_input (id) on delete set null;
        foreign key (session_id) references session (id) on delete cascade;
        index (human_input_id);
        index (session_id);
    }
}
