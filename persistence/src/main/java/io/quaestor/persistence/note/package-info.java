/**
 * Signed notes and what is built of them: keys, checkpoints, cosignatures and proofs, in the byte
 * formats of C2SP (signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof), so that other
 * people's tools read them. Pure: bytes in, values or a {@link NoteRejected} out.
 *
 * <p>Reading is strict: a text has one reading and a value one text, so nothing can be changed
 * without a trace where no signature looks.
 */
@NullMarked
package io.quaestor.persistence.note;

import org.jspecify.annotations.NullMarked;
