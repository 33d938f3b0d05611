#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comptoir_fuzz::server::queries::check(data));
