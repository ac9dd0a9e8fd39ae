"""This module owns lanes: eight numbers side by side in one register, so that one instruction serves all of them.

It is imported by compiled loops only. A row of eight numbers (of 16, 32 or 64 bits) is loaded from an array, combined
lane by lane, and stored again; the compiler picks the instructions that the machine has.
"""

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped] # without types
from numba import extending
from numba.core import types
from numba.extending import models, register_model
from numba.np import arrayobj

COUNT = 8
intrinsic: Any = extending.intrinsic
make_array: Any = arrayobj.make_array


class Lanes(types.Type):
    """Eight numbers of so many bits, as a type of the compiler."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        super().__init__(name=f"Lanes({bits})")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Lanes) -> None:
        super().__init__(manager, kind, ir.VectorType(ir.IntType(kind.bits), COUNT))  # type: ignore[no-untyped-call]


@intrinsic  # type: ignore[untyped-decorator] # numba's has no types, here and below
def load(_: Any, rows: Any, row: Any) -> Any:
    """Return a row of a contiguous array of shape (rows, 8)."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, arguments), align=rows.dtype.bitwidth // 8)

    return Lanes(rows.dtype.bitwidth)(rows, row), generate


@intrinsic  # type: ignore[untyped-decorator]
def store(_: Any, rows: Any, row: Any, lanes: Any) -> Any:
    """Write a row of a contiguous array of shape (rows, 8)."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = _pointer(context, builder, signature, arguments)
        builder.store(arguments[2], pointer, align=rows.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(rows, row, lanes), generate


@intrinsic  # type: ignore[untyped-decorator]
def alike(_: Any, rows: Any, number: Any) -> Any:
    """Return lanes that all hold a number, of the type of an array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        cast = context.cast(builder, arguments[1], number, rows.dtype)
        lanes, lane = ir.Constant(ir.VectorType(cast.type, COUNT), ir.Undefined), ir.IntType(32)
        first = builder.insert_element(lanes, cast, lane(0))
        return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(lane, COUNT), [0] * COUNT))

    return Lanes(rows.dtype.bitwidth)(rows, number), generate


@intrinsic  # type: ignore[untyped-decorator]
def lowest(_: Any, one: Any, other: Any) -> Any:
    """Return the lower of two numbers, lane by lane."""
    return one(one, other), _picking("<")


@intrinsic  # type: ignore[untyped-decorator]
def highest(_: Any, one: Any, other: Any) -> Any:
    """Return the higher of two numbers, lane by lane."""
    return one(one, other), _picking(">")


@intrinsic  # type: ignore[untyped-decorator]
def differ(_: Any, one: Any, other: Any) -> Any:
    """Return whether any lane differs."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        lanes = builder.icmp_signed("!=", *arguments)
        return builder.icmp_signed("!=", builder.bitcast(lanes, ir.IntType(COUNT)), ir.IntType(COUNT)(0))

    return types.boolean(one, other), generate


def _picking(relation: str) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.select(builder.icmp_signed(relation, *arguments), *arguments)

    return generate


def _pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Return where a row of an array begins."""
    rows, row = signature.args[:2]
    number = context.cast(builder, arguments[1], row, types.intp)
    first = make_array(rows)(context, builder, arguments[0]).data
    start = builder.gep(first, [builder.mul(number, number.type(COUNT))])
    return builder.bitcast(start, ir.VectorType(ir.IntType(rows.dtype.bitwidth), COUNT).as_pointer())
