/** Opcodes of scripts (contract 5). */
export const OP_PUSHDATA1 = 0x4c;
export const OP_1 = 0x51;
export const OP_16 = 0x60;
export const OP_GREATERTHAN_TIMESTAMP = 0x6f;
export const OP_DUP = 0x76;
export const OP_EQUAL = 0x87;
export const OP_EQUALVERIFY = 0x88;
export const OP_HASH160 = 0xa9;
export const OP_CHECKSIG = 0xac;
export const OP_CHECKMULTISIG = 0xae;
