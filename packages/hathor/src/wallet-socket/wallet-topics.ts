/** Topic and message type: one history vertex for one address. */
export const ADDRESS_HISTORY = 'wallet:address_history';
