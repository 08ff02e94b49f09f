/** Minka's mark: three contour lines of one hill, drawn by hand on a 24 × 24 grid. */
export const MARK =
  '<path d="M2.5 19c2.6-.3 3.6-3.2 5-7.2C8.6 8.5 10 5 12.3 5s3.5 3 4.6 6.2c1.3 3.9 2.3 7.5 4.6 7.8"/>' +
  '<path d="M7.5 19c1.5-.4 1.9-2.3 2.5-4.4.6-2.2 1.2-4.1 2.4-4.1s1.8 1.7 2.4 3.9c.6 2.2 1.1 4.3 2.5 4.6"/>' +
  '<path d="M12.35 15.5v3.5"/>';
