import { NestFactory } from '@nestjs/core';
import { createAsyncApiDocument, toYaml } from '../src/index.js';
import { AppModule } from './readme.module.js';

const app = await NestFactory.create(AppModule, { logger: false });
await app.init();
const document = createAsyncApiDocument(app, { host: 'quotes.example.org' });
console.log(toYaml(document));
await app.close();
