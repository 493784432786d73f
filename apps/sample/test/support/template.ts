/** A template of a node on mainnet, in the node's own words: the score is beyond 2^53. */
export const NODE_TEMPLATE =
  '{"data":"00","versions":[0,3],"reward":800,"weight":69.45830394511117,"timestamp_now":1795241866,' +
  '"timestamp_min":1795241860,"timestamp_max":1795242166,"parents":["' +
  '0'.repeat(17) +
  'a'.repeat(47) +
  '"],"parents_any":["' +
  ['16', '33', '2f'].map((byte) => byte.repeat(32)).join('","') +
  '"],"height":5123456,"score":9007199254740993123456789,"signal_bits":1}';
