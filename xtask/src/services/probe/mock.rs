//! A server that has one answer to whatever it is asked.

use std::io::{self, Cursor, Read, Write};

pub struct Mock(Cursor<Vec<u8>>);

impl Mock {
    pub fn new(answer: impl Into<Vec<u8>>) -> Self {
        Self(Cursor::new(answer.into()))
    }
}

impl Read for Mock {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Mock {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
