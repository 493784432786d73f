import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength } from 'class-validator';

/** `{ "action": "subscribe", "keys": ["one", "two"] }`; without keys: everything. */
export class SubscribeReadings {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  readonly keys?: string[];
}
