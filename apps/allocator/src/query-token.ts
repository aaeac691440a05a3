import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';

/** The token of `QueryTokenGuard`, for Nest. */
export const queryToken = Symbol('query token');

/** Lets in who says the service token (`Authorization: Bearer …`): the queries tell of every family. */
@Injectable()
export class QueryTokenGuard implements CanActivate {
  constructor(@Inject(queryToken) private readonly token: string) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    if (isSame(headers['authorization'] ?? '', `Bearer ${this.token}`)) return true;
    throw new UnauthorizedException('say the service token: Authorization: Bearer ALLOCATOR_QUERY_TOKEN');
  }
}

/** In the same time, however much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
