const command = new PutObjectCommand({ Bucket: 'field-notes', Key: '2026/walk-17.heic', ContentType: 'image/heic' })
const link = await getSignedUrl(client, command, { expiresIn: 900 })
