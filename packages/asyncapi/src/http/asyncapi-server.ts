import { Inject, Injectable, Logger } from '@nestjs/common';
import { GatewayCatalogue } from '@sluice/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ASYNCAPI_SETTINGS } from '../asyncapi.module-definition.js';
import type { AsyncApiSettings } from '../asyncapi.options.js';
import { describeGateways } from '../document/create-document.js';
import { documentFiles, type DocumentFile, type DocumentForm } from './document-files.js';

/** Answers for the page and the document: made at the first request, when every port is known, and kept. */
@Injectable()
export class AsyncApiServer {
  private readonly logger = new Logger('AsyncApi');
  private files: Readonly<Record<DocumentForm, DocumentFile>> | undefined;

  constructor(
    @Inject(ASYNCAPI_SETTINGS) private readonly settings: AsyncApiSettings,
    private readonly catalogue: GatewayCatalogue,
  ) {}

  /** For Express and Fastify alike: both give middleware the server's own request and response. */
  readonly middleware = (
    request: IncomingMessage & { originalUrl?: string },
    response: ServerResponse,
    next: () => void,
  ): void => {
    const [pathname = ''] = (request.originalUrl ?? request.url ?? '').split('?', 1);
    const form = formOf(pathname, this.settings.path);
    if (form === undefined) {
      next();
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else {
      this.answer(response, form, request.method === 'HEAD');
    }
  };

  private answer(response: ServerResponse, form: DocumentForm, isHead: boolean): void {
    try {
      this.files ??= documentFiles(
        describeGateways(this.catalogue.gateways, this.settings),
        this.settings.path,
      );
    } catch (error) {
      this.logger.error(error);
      response.writeHead(500).end();
      return;
    }
    const { headers, body } = this.files[form];
    response.writeHead(200, headers).end(isHead ? undefined : body);
  }
}

function formOf(pathname: string, path: string): DocumentForm | undefined {
  if (pathname.endsWith(`${path}.json`)) return 'json';
  if (pathname.endsWith(`${path}.yaml`)) return 'yaml';
  return `${pathname.replace(/\/$/, '')}`.endsWith(path) ? 'page' : undefined;
}
