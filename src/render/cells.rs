//! The machine-readable cells of a row: the values of the requested keys.

use std::fmt::Display;
use std::slice;

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Error;

/// Returns the machine-readable value of each key of a row's JSON: an empty text if it is null, a plain number, `true`
/// or `false`, a time in ISO 8601, a list's items joined, or the text itself. Other keys are not read.
pub(super) fn cells<R: Serialize>(row: &R, keys: &[&str]) -> Vec<String> {
    let mut cells = vec![String::new(); keys.len()];
    // A row that cannot be read completely gets empty cells; a test makes sure that every row type can be read.
    if row.serialize(Reader { keys, cells: &mut cells }).is_err() {
        cells.fill(String::new());
    }
    cells
}

/// The key that is read from a time.
const OF_A_TIME: &[&str] = &["iso"];

/// Serializes a struct's fields into the cells of these keys, and any other value into the first cell.
struct Reader<'c> {
    keys: &'c [&'c str],
    cells: &'c mut [String],
}

impl Reader<'_> {
    fn say(self, text: impl Display) -> Result<(), Error> {
        let cell = self.cells.first_mut().ok_or_else(nowhere)?;
        cell.push_str(&text.to_string());
        Ok(())
    }
}

fn nowhere() -> Error {
    Error::custom("no row has this")
}

/// Implements methods for values that print the same in JSON and in Rust.
macro_rules! plain {
    ($($method:ident($value:ty)),* $(,)?) => {
        $(fn $method(self, value: $value) -> Result<(), Error> {
            self.say(value)
        })*
    };
}

/// Implements methods for types that no row contains.
macro_rules! in_no_row {
    ($($method:ident($($value:ty),*) -> $result:ty),* $(,)?) => {
        $(fn $method(self, $(_: $value),*) -> Result<$result, Error> {
            Err(nowhere())
        })*
    };
}

impl<'c> Serializer for Reader<'c> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = ListCell<'c>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStruct = Reader<'c>;
    type SerializeStructVariant = Impossible<(), Error>;

    plain! {
        serialize_bool(bool), serialize_char(char), serialize_i8(i8), serialize_i16(i16),
        serialize_i32(i32), serialize_i64(i64), serialize_u8(u8), serialize_u16(u16),
        serialize_u32(u32), serialize_u64(u64),
    }

    in_no_row! {
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_tuple(usize) -> Self::SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_map(Option<usize>) -> Self::SerializeMap,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.cells.first_mut().ok_or_else(nowhere)?.push_str(text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(name)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(nowhere())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListCell<'c>, Error> {
        Ok(ListCell { cell: self.cells.first_mut().ok_or_else(nowhere)?, is_first: true })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Reader<'c>, Error> {
        Ok(self)
    }
}

impl SerializeStruct for Reader<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        for (key, cell) in self.keys.iter().zip(self.cells.iter_mut()) {
            if *key == name {
                value.serialize(Reader { keys: OF_A_TIME, cells: slice::from_mut(cell) })?;
            }
        }
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

/// A list that is being written into its cell.
struct ListCell<'c> {
    cell: &'c mut String,
    is_first: bool,
}

impl SerializeSeq for ListCell<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        if !self.is_first {
            self.cell.push_str(", ");
        }
        self.is_first = false;
        value.serialize(Reader { keys: OF_A_TIME, cells: slice::from_mut(self.cell) })
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}
