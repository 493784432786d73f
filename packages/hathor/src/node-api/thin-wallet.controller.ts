import { Body, Controller, Get, HttpCode, Inject, Post, UseInterceptors } from '@nestjs/common';
import { HathorNodeChain } from '../chain/hathor-node-chain.js';
import { isAddress } from '../codec/address.js';
import type { HathorNetwork } from '../codec/networks.js';
import { ADDRESS_NETWORK } from '../wallet-socket/addresses/address-network.js';
import { addressBalance } from './address-balance.js';
import type { AddressHistoryPage } from './address-history.js';
import { addressHistoryPage } from './address-history.js';
import { searchAddress } from './address-search.js';
import { historyRequest } from './history-request.js';
import { NodeJsonInterceptor } from './node-json.interceptor.js';
import { isHex } from './node-hex.js';
import { integerParameter, NodeQuery, pageStart, requireParameters } from './node-query.js';
import { missing, NodeRefusal } from './node-refusal.js';

/** Most transactions on a page, whatever is asked for (the node's `MAX_TX_COUNT`). */
export const MOST_ON_PAGE = 15;
const MOST_TOKENS = 200;

/** `/v1a/thin_wallet/…`: history, balances and tokens for wallets that ask over HTTP (contract 4). */
@Controller('v1a/thin_wallet')
@UseInterceptors(NodeJsonInterceptor)
export class ThinWalletController {
  constructor(
    private readonly chain: HathorNodeChain,
    @Inject(ADDRESS_NETWORK) private readonly network: HathorNetwork,
  ) {}

  @Get('address_history')
  history(@NodeQuery() query: URLSearchParams): Promise<AddressHistoryPage> {
    requireParameters(query, 'addresses[]');
    const hash = query.get('hash');
    const versions = query.getAll('tx_version[]');
    return this.historyPage({
      addresses: query.getAll('addresses[]'),
      ...(hash !== null && { hash }),
      ...(versions.length > 0 && { tx_version: versions }),
    });
  }

  /** The same for more addresses than a URL can hold. */
  @Post('address_history')
  @HttpCode(200)
  postedHistory(@Body() body: unknown): Promise<AddressHistoryPage> {
    return this.historyPage(body);
  }

  @Get('address_balance')
  balance(@NodeQuery() query: URLSearchParams): Promise<object> {
    return addressBalance(this.chain, this.addressParameter(query));
  }

  @Get('address_search')
  search(@NodeQuery() query: URLSearchParams): Promise<object> {
    const address = this.addressParameter(query);
    requireParameters(query, 'count');
    const count = integerParameter(query, 'count', MOST_ON_PAGE);
    const token = query.get('token')?.toLowerCase();
    if (token !== undefined && !isHex(token)) {
      throw new NodeRefusal("Failed to parse 'token': not hexadecimal");
    }
    const hash = query.get('hash')?.toLowerCase();
    if (hash !== undefined && !query.has('page')) throw missing('page');
    const page = query.get('page');
    if (hash !== undefined && page !== 'previous' && page !== 'next') {
      throw new NodeRefusal("Invalid value for 'page' parameter");
    }
    return searchAddress(this.chain, {
      address,
      count,
      ...(token && { token }),
      ...(hash !== undefined && { from: { hash, towards: page === 'next' ? 'older' : 'newer' } }),
    });
  }

  /** One token, or a list of tokens. */
  @Get('token')
  async token(@NodeQuery() query: URLSearchParams): Promise<object> {
    if (!query.has('id')) return this.tokens();
    const token = await this.chain.token(tokenParameter(query));
    if (token === undefined) throw new NodeRefusal('Unknown token');
    return { success: true, ...token };
  }

  @Get('token_history')
  async tokenHistory(@NodeQuery() query: URLSearchParams): Promise<object> {
    requireParameters(query, 'id', 'count');
    const id = query.get('id')?.toLowerCase() ?? '';
    if (!isHex(id)) throw new NodeRefusal('Invalid token id');
    const count = integerParameter(query, 'count', MOST_ON_PAGE);
    const from = pageStart(query);
    const { vertices, has_more } = await this.chain.vertexPage({
      of: { token: id },
      count,
      ...(from && { from }),
    });
    return { success: true, transactions: vertices, has_more };
  }

  private historyPage(request: unknown): Promise<AddressHistoryPage> {
    return addressHistoryPage(this.chain, historyRequest(request), this.network);
  }

  private addressParameter(query: URLSearchParams): string {
    requireParameters(query, 'address');
    const address = query.get('address') ?? '';
    if (!isAddress(address, this.network)) throw new NodeRefusal("Invalid 'address' parameter");
    return address;
  }

  private async tokens(): Promise<object> {
    const known = await this.chain.tokens(MOST_TOKENS + 1);
    const tokens = known.slice(0, MOST_TOKENS);
    return { success: true, tokens, truncated: known.length > MOST_TOKENS };
  }
}

function tokenParameter(query: URLSearchParams): string {
  const id = query.get('id')?.toLowerCase() ?? '';
  if (!isHex(id)) throw new NodeRefusal('Invalid token id');
  if (id !== '00' && id.length !== 64) throw new NodeRefusal('Invalid token id format');
  return id;
}
