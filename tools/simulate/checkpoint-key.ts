/** A known key, so that a run can be repeated to the byte: that of the reference implementation of signed notes. */
export const checkpointKeyText = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
