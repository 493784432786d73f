import { HttpException, HttpStatus, Injectable } from '@nestjs/common';
import { ConnectGuard, type ConnectRequest } from '@sluice/nestjs';
import { RequestBudget } from './request-budget.js';

/** Upgrades count as requests; beyond the budget they get an empty 429 (contract 3). */
@Injectable()
export class BudgetGuard extends ConnectGuard {
  constructor(private readonly budget: RequestBudget) {
    super();
  }

  canConnect({ address }: ConnectRequest): boolean {
    if (this.budget.spend(address)) return true;
    throw new HttpException('', HttpStatus.TOO_MANY_REQUESTS);
  }
}
