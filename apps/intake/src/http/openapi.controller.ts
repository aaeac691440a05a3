import { Controller, Get } from '@nestjs/common';
import { openApiDocument } from './openapi.ts';

@Controller()
export class OpenApiController {
  readonly #document = openApiDocument();

  @Get('openapi.json')
  show(): object {
    return this.#document;
  }
}
