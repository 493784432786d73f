import { IsArray, IsString } from 'class-validator';

/** `{"action":"subscribe","symbols":[…]}`, in stock Nest `{"event":"subscribe","data":{"symbols":[…]}}`. */
export class SubscribeQuotes {
  @IsArray()
  @IsString({ each: true })
  readonly symbols!: string[];
}

/** What every server answers. */
export const ANSWER = { ack: 'subscribe' } as const;
